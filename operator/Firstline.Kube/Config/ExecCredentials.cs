using System.Globalization;
using System.Security.Cryptography;
using Firstline.Kube.Wire;

namespace Firstline.Kube.Config;

/// <summary>Credentials of an exec plugin, kept until they expire or the server refuses them; one run at a time.</summary>
internal sealed class ExecCredentials(ExecPlugin plugin, TimeProvider clock) : ICredentials, IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RenewPause = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _turn = new(1);
    private Held? _held;

    public async ValueTask<Credential> GetAsync(CancellationToken ct)
    {
        if (Current() is { } held)
        {
            return held;
        }

        await _turn.WaitAsync(ct);
        try
        {
            return Current() ?? Keep(await ExecRunner.RunAsync(plugin, clock, ct));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Runs the plugin again, unless it just did: a plugin whose fresh token is refused is not run in a circle.</summary>
    public bool Renew()
    {
        if (_held is { } held && clock.GetElapsedTime(held.Since) < RenewPause)
        {
            return false;
        }

        _held = null;
        return true;
    }

    public void Dispose() => _turn.Dispose();

    private Credential? Current() => _held is { } held && (held.Expires is null || held.Expires - Margin > clock.GetUtcNow()) ? held.Credential : null;

    private Credential Keep(ExecStatus status)
    {
        if (status.Token is not { Length: > 0 } && status.ClientCertificateData is not { Length: > 0 })
        {
            throw new KubeConfigException($"{plugin.Label} answered without a token or certificate: run it by hand to see why");
        }

        Credential credential = new() { Token = status.Token, Certificate = CertificateOf(status) };
        _held = new Held(credential, ExpiryOf(status), clock.GetTimestamp());
        return credential;
    }

    private DateTimeOffset? ExpiryOf(ExecStatus status)
    {
        if (status.ExpirationTimestamp is not { Length: > 0 } text)
        {
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset expires)
            ? expires
            : throw new KubeConfigException($"{plugin.Label} answered with an expirationTimestamp that is no RFC 3339 time");
    }

    private System.Security.Cryptography.X509Certificates.X509Certificate2? CertificateOf(ExecStatus status)
    {
        if (status.ClientCertificateData is not { Length: > 0 } certificate)
        {
            return null;
        }

        try
        {
            return CertificateFiles.Usable(certificate, status.ClientKeyData ?? "");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new KubeConfigException($"{plugin.Label} answered with a certificate and key that do not fit", e);
        }
    }

    private sealed record Held(Credential Credential, DateTimeOffset? Expires, long Since);
}
