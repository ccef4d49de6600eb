using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Firstline.Kube.Config;

namespace Firstline.Host.Http;

/// <summary>A listener's certificate from PEM files; read again while the operator runs, so that a rotation needs no restart.</summary>
internal sealed class ServerCertificate(string certificateFile, string keyFile, TimeProvider clock)
{
    // The one before a rotation may still be in use by a handshake; the collector ends it.
    private readonly WatchedFile<X509Certificate2> _current =
        new(() => X509Certificate2.CreateFromPemFile(certificateFile, keyFile), [certificateFile, keyFile], clock);

    /// <exception cref="OperatorStartException">The files cannot be read, and never could.</exception>
    public X509Certificate2 Get()
    {
        try
        {
            return _current.Value;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OperatorStartException($"the certificate {certificateFile} with the key {keyFile} cannot be read: {e.Message}", e);
        }
    }
}
