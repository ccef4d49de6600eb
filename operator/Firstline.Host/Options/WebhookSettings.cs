using System.Collections.Immutable;

namespace Firstline.Host.Options;

/// <summary>The options of the webhook.</summary>
internal static class WebhookSettings
{
    public static ImmutableArray<OperatorSetting> All { get; } =
    [
        new("webhook-address", "webhook.address", "address", "Where alerts are received.",
            static o => o.Webhook.Listener.Address.ToString(), static (o, v) => OnListener(o, l => l with { Address = SettingValue.Address(v) })),
        new("webhook-port", "webhook.port", "port", "Port that alerts are received on.",
            static o => SettingText.Of(o.Webhook.Listener.Port), static (o, v) => OnListener(o, l => l with { Port = SettingValue.Port(v) })),
        new("webhook-token-file", "webhook.tokenFile", "file",
            "File with the bearer token that senders of alerts must show; without it no alerts are received. A token that is replaced in it is taken without a restart.",
            static o => o.Webhook.TokenFile ?? "", static (o, v) => On(o, w => w with { TokenFile = v })),
        new("webhook-authentication", "webhook.authentication", "token|certificate|none",
            "certificate takes signals from who shows a certificate of the client authority; none takes them from anybody who reaches the port.",
            static o => SettingText.Of(o.Webhook.Authentication), static (o, v) => On(o, w => w with { Authentication = SettingValue.OneOf<WebhookAuthentication>(v) })),
        new("webhook-tls-certificate-file", "webhook.tls.certificateFile", "file",
            "PEM file with the certificate chain of the webhook; without it plain HTTP. A certificate that is replaced in it is taken without a restart.",
            static o => o.Webhook.Listener.TlsCertificateFile ?? "", static (o, v) => OnListener(o, l => l with { TlsCertificateFile = v })),
        new("webhook-tls-key-file", "webhook.tls.keyFile", "file", "PEM file with the key of that certificate; without it the key is in the file of the certificate.",
            static o => o.Webhook.Listener.TlsKeyFile ?? "", static (o, v) => OnListener(o, l => l with { TlsKeyFile = v })),
        new("webhook-tls-client-authority-file", "webhook.tls.clientAuthorityFile", "file",
            "PEM file with the authority whose client certificates senders must show, beside the token or alone (webhook.authentication certificate). An authority that is replaced in it is taken without a restart.",
            static o => o.Webhook.Listener.TlsClientAuthorityFile ?? "", static (o, v) => OnListener(o, l => l with { TlsClientAuthorityFile = v })),
        new("webhook-max-body-bytes", "webhook.maxBodyBytes", "bytes", "Largest body of one request of alerts.",
            static o => SettingText.Of(o.Webhook.MaxBodyBytes),
            static (o, v) => On(o, w => w with { MaxBodyBytes = SettingValue.Number(v, 1024, WebhookOptions.LargestBodyBytes) })) { IsLive = true },
    ];

    private static OperatorOptions On(OperatorOptions options, Func<WebhookOptions, WebhookOptions> change) => options with { Webhook = change(options.Webhook) };

    private static OperatorOptions OnListener(OperatorOptions options, Func<ListenerOptions, ListenerOptions> change) =>
        On(options, w => w with { Listener = change(w.Listener) });
}
