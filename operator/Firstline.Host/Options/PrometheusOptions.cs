using Firstline.Controllers;

namespace Firstline.Host.Options;

/// <summary>Where Prometheus is asked.</summary>
public sealed record PrometheusOptions
{
    /// <summary>Base address, such as <c>http://prometheus.monitoring:9090</c>; null for none.</summary>
    public Uri? Address { get; init; }

    /// <summary>File with the bearer token to show; null for none.</summary>
    public string? TokenFile { get; init; }

    /// <summary>PEM file with the authority of its certificate; null for those that the system trusts.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>How it is asked how a workload's requests fare.</summary>
    public TrafficQueries Traffic { get; init; } = TrafficQueries.Default;
}
