using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Firstline.Kube.Config;

/// <summary>Certificates that a kubeconfig holds as data or names as files; files are read again when they change.</summary>
internal static class CertificateFiles
{
    /// <summary>Reads the authorities of a cluster; null when it names none, so that the machine's are trusted.</summary>
    public static Func<X509Certificate2Collection>? Authorities(ConfigNode cluster, TimeProvider clock)
    {
        if (!cluster.Has("certificate-authority-data") && !cluster.Has("certificate-authority"))
        {
            return null;
        }

        WatchedFile<X509Certificate2Collection> file = new(() => ReadAuthorities(cluster), Paths(cluster, "certificate-authority"), clock);
        _ = file.Value;   // an error now, not at the first request
        return () => file.Value;
    }

    /// <summary>Reads the client certificate of a user; null when it has none.</summary>
    public static Func<Credential>? ClientCertificate(ConfigNode user, TimeProvider clock)
    {
        if (!user.Has("client-certificate-data") && !user.Has("client-certificate"))
        {
            return null;
        }

        WatchedFile<Credential> file = new(() => ReadClientCertificate(user), Paths(user, "client-certificate", "client-key"), clock);
        _ = file.Value;
        return () => file.Value;
    }

    /// <summary>A certificate with its key that TLS can use on every platform.</summary>
    public static X509Certificate2 Usable(string certificate, string key)
    {
        X509Certificate2 pair = X509Certificate2.CreateFromPem(certificate, key);
        if (!OperatingSystem.IsWindows())
        {
            return pair;
        }

        using (pair)   // Windows cannot use a key that lives in memory only
        {
            return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
        }
    }

    private static X509Certificate2Collection ReadAuthorities(ConfigNode cluster)
    {
        X509Certificate2Collection authorities = [];
        try
        {
            authorities.ImportFromPem(Pem(cluster, "certificate-authority"));
        }
        catch (CryptographicException e)
        {
            throw cluster.Wrong(FieldOf(cluster, "certificate-authority"), "is not a PEM certificate: copy the cluster's CA again", e);
        }

        return authorities.Count > 0
            ? authorities
            : throw cluster.Wrong(FieldOf(cluster, "certificate-authority"), "holds no PEM certificate: copy the cluster's CA again");
    }

    private static Credential ReadClientCertificate(ConfigNode user)
    {
        try
        {
            return new Credential { Certificate = Usable(Pem(user, "client-certificate"), Pem(user, "client-key")) };
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw user.Wrong(FieldOf(user, "client-certificate"), "and its client-key are not a PEM certificate and the key that fits it", e);
        }
    }

    private static string Pem(ConfigNode node, string name)
    {
        try
        {
            return node.Text($"{name}-data") is { } data
                ? Encoding.UTF8.GetString(Convert.FromBase64String(data))
                : File.ReadAllText(node.PathOf(name) ?? throw node.Wrong(name, "is missing: add it or its -data form"));
        }
        catch (FormatException e)
        {
            throw node.Wrong($"{name}-data", "is not base64: copy it again", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw node.Wrong(name, $"names {node.PathOf(name)}, which cannot be read: check that it exists and may be read", e);
        }
    }

    private static string FieldOf(ConfigNode node, string name) => node.Has($"{name}-data") ? $"{name}-data" : name;

    private static List<string> Paths(ConfigNode node, params string[] names) =>
        [.. names.Where(n => !node.Has($"{n}-data")).Select(node.PathOf).OfType<string>()];
}
