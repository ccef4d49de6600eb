namespace Firstline.Host.Options;

/// <summary>How alerts are received.</summary>
public sealed record WebhookOptions
{
    /// <summary>The most that <see cref="MaxBodyBytes"/> can be.</summary>
    public const int LargestBodyBytes = 64 * 1024 * 1024;

    /// <summary>Where it listens.</summary>
    public ListenerOptions Listener { get; init; } = new() { Port = 9465, Option = "--webhook" };

    public WebhookAuthentication Authentication { get; init; }

    /// <summary>File with the bearer token, read again when it changes; null turns the webhook off unless authentication is off.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Largest body. Alertmanager sends up to a few hundred alerts in one.</summary>
    public int MaxBodyBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>True when there is something to listen for.</summary>
    public bool IsOn => TokenFile is not null || Authentication != WebhookAuthentication.Token;

    /// <summary>What does not fit together, in one sentence; null when all does.</summary>
    public string? Problem =>
        Listener is { TlsClientAuthorityFile: not null, TlsCertificateFile: null } ? "webhook.tls.clientAuthorityFile needs webhook.tls.certificateFile: without TLS nobody shows a certificate"
        : Authentication == WebhookAuthentication.Certificate && Listener.TlsClientAuthorityFile is null
            ? "webhook.authentication certificate needs webhook.tls.clientAuthorityFile, the authority whose certificates are taken"
        : null;
}
