using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Firstline.Kube.Config;

namespace Firstline.Host.Http;

/// <summary>A listener's certificate from PEM files with the chain that leads to its authority; read again while the operator runs, so that a rotation needs no restart.</summary>
internal sealed class ServerCertificate(string certificateFile, string keyFile, TimeProvider clock)
{
    // The one before a rotation may still be in use by a handshake; the collector ends it.
    private readonly WatchedFile<SslStreamCertificateContext> _current = new(() => Read(certificateFile, keyFile), [certificateFile, keyFile], clock);

    /// <exception cref="OperatorStartException">The files cannot be read, and never could.</exception>
    public SslStreamCertificateContext Get()
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

    // Who connects knows the root alone: the file's other certificates are sent along. Nothing is asked for elsewhere.
    private static SslStreamCertificateContext Read(string certificateFile, string keyFile)
    {
        X509Certificate2Collection chain = [];
        chain.ImportFromPemFile(certificateFile);
#pragma warning disable CA2000 // The context holds the certificate for as long as the listener shows it.
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(certificateFile, keyFile), chain, offline: true);
#pragma warning restore CA2000
    }
}
