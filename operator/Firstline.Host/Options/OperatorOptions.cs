using System.Collections.Immutable;

namespace Firstline.Host.Options;

/// <summary>All that can be set on an operator; <see cref="OperatorSettings"/> reads it from options and environment.</summary>
public sealed record OperatorOptions
{
    /// <summary>File that options were read from; null for none.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>Kubeconfig file; null for <c>KUBECONFIG</c>, the home directory, or the pod's service account.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>Context of the kubeconfig; null for its current one.</summary>
    public string? Context { get; init; }

    /// <summary>The operator's own namespace: its Lease is there, and runbooks in it may be for all namespaces.</summary>
    public string Namespace { get; init; } = "firstline-system";

    /// <summary>The namespaces that are watched and acted in; empty for all of the cluster.</summary>
    public ImmutableArray<string> Namespaces { get; init; } = [];

    /// <summary>True to watch the metadata of Secrets, which takes a right that config/default does not give.</summary>
    public bool ObserveSecretNames { get; init; }

    /// <summary>How often the logs of one workload whose pods seem healthy are looked at; zero for never.</summary>
    public TimeSpan LogSurveyPeriod { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Regular expression of what is taken out of evidence beside secrets and personal data; null for nothing.</summary>
    public string? Redact { get; init; }

    /// <summary>Address of a dashboard, with places for the object that it is about; null for none.</summary>
    public string? Dashboard { get; init; }

    public LeaderElectionMode LeaderElection { get; init; } = LeaderElectionMode.On;

    /// <summary>The times of the Lease that instances compete for.</summary>
    public LeaseOptions Lease { get; init; } = new();

    /// <summary>Where <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c> are.</summary>
    public ListenerOptions Health { get; init; } = new() { Port = 8465, Option = "--health" };

    public WebhookOptions Webhook { get; init; } = new();

    /// <summary>File with rules for signals from outside; null for none.</summary>
    public string? SignalsFile { get; init; }

    public PrometheusOptions Prometheus { get; init; } = new();

    /// <summary>File with what runbooks may reach outside the cluster, by name; null for none.</summary>
    public string? DestinationsFile { get; init; }

    public ModelOptions Model { get; init; } = new();

    /// <summary>Collector that takes traces by OTLP over HTTP; null for none.</summary>
    public Uri? TracesEndpoint { get; init; }

    public LogFormat LogFormat { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>How long to wait at start for the API server and the custom resources before giving up.</summary>
    public TimeSpan StartupTimeout { get; init; } = TimeSpan.FromMinutes(5);
}
