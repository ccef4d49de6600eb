using System.Collections.Immutable;
using Firstline.Core.Diagnosis;
using Firstline.Core.Planning;

namespace Firstline.Controllers;

/// <summary>What the controllers must know of the operator itself.</summary>
/// <param name="Namespace">The operator's own namespace: its runbooks may be for all namespaces, and nothing in it is ever changed.</param>
public sealed record OperatorOptions(string Namespace)
{
    /// <summary>The namespaces that it watches and acts in; empty for all of the cluster.</summary>
    public ImmutableArray<string> Namespaces { get; init; } = [];

    /// <summary>True to watch the metadata of Secrets; without it nothing of a Secret is asked for.</summary>
    public bool ObserveSecretNames { get; init; }

    /// <summary>How often the logs of one workload whose pods seem healthy are looked at; zero for never.</summary>
    public TimeSpan LogSurveyPeriod { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What is taken out of evidence.</summary>
    public EvidenceRedaction Redaction { get; init; } = EvidenceRedaction.Default;

    /// <summary>Where a human looks at the numbers of a target; null for nowhere that is known.</summary>
    public DashboardLink? Dashboard { get; init; }

    /// <summary>How Prometheus is asked how a workload's requests fare.</summary>
    public TrafficQueries Traffic { get; init; } = TrafficQueries.Default;

    /// <summary>What the configuration lets verifications ask; null when it is not known, and then no plan whose checks need it is carried out.</summary>
    public VerifierFacts? Verifiers { get; init; }

    /// <summary>True when incidents of that namespace are seen.</summary>
    /// <param name="ns">Name of a namespace.</param>
    public bool Watches(string ns) => Namespaces.IsEmpty || Namespaces.Contains(ns);
}
