using System.Collections.Immutable;

namespace Firstline.Host.Options;

/// <summary>All options of the operator, in the order that help and docs/configuration.md show them.</summary>
public static class OperatorSettings
{
    public static ImmutableArray<OperatorSetting> All { get; } =
    [
        new("config", "", "file", "Configuration file; options and environment variables win over it.",
            static o => o.ConfigFile ?? "", static (o, v) => o with { ConfigFile = v }),
        new("kubeconfig", "kubeconfig", "file", "Kubeconfig; without it KUBECONFIG, then ~/.kube/config, then the pod's service account.",
            static o => o.Kubeconfig ?? "", static (o, v) => o with { Kubeconfig = v }),
        new("context", "context", "name", "Context of the kubeconfig; without it the kubeconfig's current one.",
            static o => o.Context ?? "", static (o, v) => o with { Context = v }),
        new("namespace", "namespace", "name", "The operator's own namespace.",
            static o => o.Namespace, static (o, v) => o with { Namespace = SettingValue.Namespace(v) }),
        new("namespaces", "namespaces", "names", "The only namespaces to watch and to act in; without it all of the cluster. On the command line separated by commas.",
            static o => string.Join(',', o.Namespaces), static (o, v) => o with { Namespaces = SettingValue.Namespaces(v) }) { IsList = true },
        new("observe-secret-names", "observeSecretNames", "on|off", "Whether to watch which Secrets exist, by their metadata alone; needs config/components/secret-names.",
            static o => SettingText.Of(o.ObserveSecretNames), static (o, v) => o with { ObserveSecretNames = SettingValue.OnOff(v) }),
        new("log-survey-period", "logSurvey.period", "duration", "How often the logs of one workload whose pods seem healthy are looked at; 0s for never.",
            static o => SettingText.Of(o.LogSurveyPeriod), static (o, v) => o with { LogSurveyPeriod = SettingValue.Duration(v) }),
        new("redact", "evidence.redact", "pattern", "Regular expression of what is taken out of evidence beside secrets, e-mail addresses and card numbers, such as CUST-[0-9]+; without it nothing more.",
            static o => o.Redact ?? "", static (o, v) => o with { Redact = SettingValue.Pattern(v) }),
        new("dashboard-url", "dashboard.url", "URL", "Address of a dashboard for the first page of a diagnosis, with {namespace}, {kind}, {name}, {from} and {to} (milliseconds since 1970), such as https://grafana.example/d/pods?var-namespace={namespace}&from={from}&to={to}; without it no link is shown.",
            static o => o.Dashboard ?? "", static (o, v) => o with { Dashboard = SettingValue.Dashboard(v) }),
        new("leader-election", "leaderElection", "on|off", "Whether to act only while holding the Lease.",
            static o => SettingText.Of(o.LeaderElection), static (o, v) => o with { LeaderElection = SettingValue.OneOf<LeaderElectionMode>(v) }),
        .. LeaseSettings.All,
        new("startup-timeout", "startupTimeout", "duration", "How long to wait at start for the API server and the custom resources.",
            static o => SettingText.Of(o.StartupTimeout), static (o, v) => o with { StartupTimeout = SettingValue.Duration(v) }),
        new("health-address", "health.address", "address", "Where /healthz, /readyz and /metrics are served.",
            static o => o.Health.Address.ToString(), static (o, v) => o with { Health = o.Health with { Address = SettingValue.Address(v) } }),
        new("health-port", "health.port", "port", "Port of /healthz, /readyz and /metrics.",
            static o => SettingText.Of(o.Health.Port), static (o, v) => o with { Health = o.Health with { Port = SettingValue.Port(v) } }),
        new("log-format", "log.format", "text|json", "How log lines look.",
            static o => SettingText.Of(o.LogFormat), static (o, v) => o with { LogFormat = SettingValue.OneOf<LogFormat>(v) }),
        new("log-level", "log.level", "level", "Least level that is logged: trace, debug, information, warning, error, critical or none.",
            static o => SettingText.Of(o.LogLevel), static (o, v) => o with { LogLevel = SettingValue.OneOf<LogLevel>(v) }) { IsLive = true },
        new("traces-endpoint", "traces.endpoint", "URL", "Base address of a collector that takes traces by OTLP over HTTP in JSON, such as http://collector.monitoring:4318; without it no traces are sent.",
            static o => o.TracesEndpoint?.ToString() ?? "", static (o, v) => o with { TracesEndpoint = SettingValue.HttpAddress(v) }),
        .. WebhookSettings.All,
        new("signals-file", "signals.file", "file", "File with own causes, rules that classify alerts, and the mappings of JSON webhooks and CloudEvents. Its content is read again when it changes.",
            static o => o.SignalsFile ?? "", static (o, v) => o with { SignalsFile = v }),
        .. OutsideSettings.All,
        .. ModelSettings.All,
    ];
}
