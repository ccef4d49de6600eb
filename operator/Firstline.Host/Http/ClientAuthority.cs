using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Firstline.Kube.Config;

namespace Firstline.Host.Http;

/// <summary>The authority whose client certificates a listener takes, from a PEM file; read again while the operator runs.</summary>
internal sealed class ClientAuthority(string file, TimeProvider clock)
{
    private readonly WatchedFile<X509Certificate2Collection> _certificates = new(() => Read(file), [file], clock);

    /// <summary>How a client's certificate is judged: issued by the authority for clients, and valid now. The handshake fails for any other, and without one.</summary>
    /// <exception cref="OperatorStartException">The file cannot be read, and never could.</exception>
    public X509ChainPolicy Get()
    {
        try
        {
            X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
            policy.CustomTrustStore.AddRange(_certificates.Value);
            return policy;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OperatorStartException($"the client authority {file} cannot be read: {e.Message}", e);
        }
    }

    private static X509Certificate2Collection Read(string file)
    {
        X509Certificate2Collection read = [];
        read.ImportFromPemFile(file);
        return read.Count > 0 ? read : throw new CryptographicException("it holds no certificate");
    }
}
