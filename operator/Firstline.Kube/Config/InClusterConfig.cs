using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Firstline.Kube.Config;

/// <summary>The configuration that each pod finds in its environment and its service account volume.</summary>
internal static class InClusterConfig
{
    /// <summary>Null when this is no pod with a service account.</summary>
    public static ClusterAccess? Find(KubeConfigOptions options)
    {
        string? host = options.Environment("KUBERNETES_SERVICE_HOST");
        string? port = options.Environment("KUBERNETES_SERVICE_PORT");
        string token = Path.Combine(options.ServiceAccountFolder, "token");
        if (host is not { Length: > 0 } || port is not { Length: > 0 } || !File.Exists(token))
        {
            return null;
        }

        const string source = "the pod's service account";
        string authority = Path.Combine(options.ServiceAccountFolder, "ca.crt");
        WatchedFile<X509Certificate2Collection> authorities = new(() => ReadAuthorities(authority), [authority], options.Clock);
        _ = authorities.Value;
        return new ClusterAccess
        {
            Server = new UriBuilder("https", host, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)).Uri,
            Namespace = options.Namespace ?? NamespaceOf(options),
            Source = source,
            Authorities = () => authorities.Value,
            Credentials = new TokenFileCredentials(token, source, options.Clock),
        };
    }

    private static string NamespaceOf(KubeConfigOptions options)
    {
        string file = Path.Combine(options.ServiceAccountFolder, "namespace");
        return File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } ns ? ns : "default";
    }

    private static X509Certificate2Collection ReadAuthorities(string path)
    {
        try
        {
            X509Certificate2Collection authorities = [];
            authorities.ImportFromPemFile(path);
            return authorities.Count > 0
                ? authorities
                : throw new KubeConfigException($"the pod's service account: {path} holds no PEM certificate: check the pod's volumes");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new KubeConfigException($"the pod's service account: {path} cannot be read as PEM certificates: check the pod's volumes", e);
        }
    }
}
