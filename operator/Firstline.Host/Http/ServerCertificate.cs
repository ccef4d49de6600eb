using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Firstline.Host.Http;

/// <summary>A listener's certificate from PEM files; read again when the file changes, so that a rotation needs no restart.</summary>
internal sealed class ServerCertificate(string certificateFile, string keyFile) : IDisposable
{
    private readonly Lock _gate = new();
    private X509Certificate2? _current;
    private DateTime _readOf;

    /// <exception cref="OperatorStartException">The files cannot be read.</exception>
    public X509Certificate2 Get()
    {
        lock (_gate)
        {
            DateTime written = File.GetLastWriteTimeUtc(certificateFile);
            if (_current is null || written != _readOf)
            {
                // The one before may still be in use by a handshake; the collector ends it.
                _current = Read();
                _readOf = written;
            }

            return _current;
        }
    }

    public void Dispose() => _current?.Dispose();

    private X509Certificate2 Read()
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new OperatorStartException($"the certificate {certificateFile} with the key {keyFile} cannot be read: {e.Message}", e);
        }
    }
}
