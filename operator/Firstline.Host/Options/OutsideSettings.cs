using System.Collections.Immutable;

namespace Firstline.Host.Options;

/// <summary>The options of what the operator asks and calls outside the API server.</summary>
internal static class OutsideSettings
{
    public static ImmutableArray<OperatorSetting> All { get; } =
    [
        new("prometheus-url", "prometheus.url", "URL", "Base address of Prometheus, such as http://prometheus.monitoring:9090, for the metrics that runbooks verify by; without it those verifications are Inconclusive.",
            static o => o.Prometheus.Address?.ToString() ?? "", static (o, v) => o with { Prometheus = o.Prometheus with { Address = SettingValue.HttpAddress(v) } }),
        new("prometheus-token-file", "prometheus.tokenFile", "file", "File with the bearer token that Prometheus is shown. A token that is replaced in it is taken without a restart.",
            static o => o.Prometheus.TokenFile ?? "", static (o, v) => o with { Prometheus = o.Prometheus with { TokenFile = v } }),
        new("prometheus-authority-file", "prometheus.authorityFile", "file", "PEM file with the authority that issued the certificate of Prometheus; without it those that the system trusts.",
            static o => o.Prometheus.AuthorityFile ?? "", static (o, v) => o with { Prometheus = o.Prometheus with { AuthorityFile = v } }),
        new("prometheus-error-ratio", "prometheus.errorRatio", "PromQL", "Share of a workload's requests that fail, for the first page of a diagnosis; $namespace, $pods and [$range] are filled in.",
            static o => o.Prometheus.Traffic.ErrorRatio, static (o, v) => o with { Prometheus = o.Prometheus with { Traffic = o.Prometheus.Traffic with { ErrorRatio = SettingValue.RangeQuery(v) } } }),
        new("prometheus-latency", "prometheus.latency", "PromQL", "Latency of a workload's requests in seconds at $quantile, for the same page.",
            static o => o.Prometheus.Traffic.Latency, static (o, v) => o with { Prometheus = o.Prometheus with { Traffic = o.Prometheus.Traffic with { Latency = SettingValue.RangeQuery(v) } } }),
        new("destinations-file", "destinations.file", "file", "File with what runbooks may probe and call by name; without it they can do neither.",
            static o => o.DestinationsFile ?? "", static (o, v) => o with { DestinationsFile = v }),
    ];
}
