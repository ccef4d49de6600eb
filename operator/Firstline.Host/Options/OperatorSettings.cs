using System.Collections.Immutable;

namespace Firstline.Host.Options;

/// <summary>All options of the operator, in the order that help shows them.</summary>
public static class OperatorSettings
{
    public static ImmutableArray<OperatorSetting> All { get; } =
    [
        new("kubeconfig", "file", "Kubeconfig; by default KUBECONFIG, then ~/.kube/config, then the pod's service account.",
            static (o, v) => o with { Kubeconfig = v }),
        new("context", "name", "Context of the kubeconfig; by default its current one.",
            static (o, v) => o with { Context = v }),
        new("namespace", "name", "The operator's own namespace; by default firstline-system.",
            static (o, v) => o with { Namespace = v }),
        new("leader-election", "on|off", "Whether to act only while holding the Lease; by default on.",
            static (o, v) => o with { LeaderElection = SettingValue.OneOf<LeaderElectionMode>(v) }),
        new("health-address", "address", "Where /healthz, /readyz and /metrics are served; by default 127.0.0.1.",
            static (o, v) => o with { Health = o.Health with { Address = SettingValue.Address(v) } }),
        new("health-port", "port", "Port of /healthz, /readyz and /metrics; by default 8465.",
            static (o, v) => o with { Health = o.Health with { Port = SettingValue.Port(v) } }),
        new("webhook-address", "address", "Where alerts are received; by default 127.0.0.1.",
            static (o, v) => OnWebhook(o, l => l with { Address = SettingValue.Address(v) })),
        new("webhook-port", "port", "Port that alerts are received on; by default 9465.",
            static (o, v) => OnWebhook(o, l => l with { Port = SettingValue.Port(v) })),
        new("webhook-token-file", "file", "File with the bearer token that senders of alerts must show; without it no alerts are received.",
            static (o, v) => o with { Webhook = o.Webhook with { TokenFile = v } }),
        new("webhook-authentication", "token|none", "none takes alerts from anybody who reaches the port; by default token.",
            static (o, v) => o with { Webhook = o.Webhook with { Authentication = SettingValue.OneOf<WebhookAuthentication>(v) } }),
        new("webhook-tls-certificate-file", "file", "PEM file with the certificate chain of the webhook; without it plain HTTP.",
            static (o, v) => OnWebhook(o, l => l with { TlsCertificateFile = v })),
        new("webhook-tls-key-file", "file", "PEM file with the key of that certificate.",
            static (o, v) => OnWebhook(o, l => l with { TlsKeyFile = v })),
        new("log-format", "text|json", "How log lines look; by default text.",
            static (o, v) => o with { LogFormat = SettingValue.OneOf<LogFormat>(v) }),
        new("log-level", "level", "Least level that is logged: debug, information, warning or error; by default information.",
            static (o, v) => o with { LogLevel = SettingValue.OneOf<Microsoft.Extensions.Logging.LogLevel>(v) }),
        new("startup-timeout", "duration", "How long to wait at start for the API server and the custom resources; by default 5m.",
            static (o, v) => o with { StartupTimeout = SettingValue.Duration(v) }),
    ];

    /// <summary>Reads the options: first those in the environment, then those on the command line, which win.</summary>
    /// <exception cref="OperatorStartException">One is unknown or has a value that does not fit.</exception>
    public static OperatorOptions Read(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        OperatorOptions options = FromEnvironment(new OperatorOptions(), environment);
        for (int i = 0; i < arguments.Count; i++)
        {
            string[] parts = arguments[i].Split('=', 2);
            OperatorSetting setting = All.FirstOrDefault(s => s.Option == parts[0]) ?? throw Unknown(parts[0]);
            string value = parts.Length == 2 ? parts[1]
                : ++i < arguments.Count ? arguments[i]
                : throw new OperatorStartException($"{setting.Option} needs a value: {setting.Description}");
            options = Set(options, setting, setting.Option, value);
        }

        return options;
    }

    /// <summary>Reads the options that the environment sets.</summary>
    /// <exception cref="OperatorStartException">One has a value that does not fit.</exception>
    public static OperatorOptions FromEnvironment(OperatorOptions options, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        foreach (OperatorSetting setting in All)
        {
            if (environment(setting.Variable) is { Length: > 0 } value)
            {
                options = Set(options, setting, setting.Variable, value);
            }
        }

        return options;
    }

    /// <summary>Sets one option; <paramref name="source"/> is what the message names when the value does not fit.</summary>
    /// <exception cref="OperatorStartException">The value does not fit.</exception>
    public static OperatorOptions Set(OperatorOptions options, OperatorSetting setting, string source, string value)
    {
        ArgumentNullException.ThrowIfNull(setting);
        try
        {
            return setting.Apply(options, value);
        }
        catch (FormatException e)
        {
            throw new OperatorStartException($"{source} cannot be '{value}': {e.Message}", e);
        }
    }

    private static OperatorOptions OnWebhook(OperatorOptions options, Func<ListenerOptions, ListenerOptions> change) =>
        options with { Webhook = options.Webhook with { Listener = change(options.Webhook.Listener) } };

    private static OperatorStartException Unknown(string option) =>
        new($"{option} is not an option; there are: {string.Join(", ", All.Select(static s => s.Option))}");
}
