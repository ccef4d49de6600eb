using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Planning;

/// <summary>What the operator's configuration lets verifications ask.</summary>
/// <param name="HasPrometheus">True when <c>prometheus.url</c> is set.</param>
/// <param name="Probes">Names of the probes in <c>destinations.file</c>.</param>
public sealed record VerifierFacts(bool HasPrometheus, ImmutableHashSet<string> Probes)
{
    /// <summary>Which check can't be asked as the operator is configured, and what is missing, in one sentence without a capital; null when all can be.</summary>
    /// <param name="spec">The declared checks.</param>
    /// <param name="facts">The configuration; null when it is not known, and then no check that needs it can be asked.</param>
    public static string? WhyUnable(VerificationSpec spec, VerifierFacts? facts) =>
        spec.Metrics is [var metric, ..] && facts is not { HasPrometheus: true }
            ? $"metric {metric.Name} of its verification can't be asked: prometheus.url is not set in the operator's configuration"
        : spec.Probes.FirstOrDefault(p => facts?.Probes.Contains(p.Destination) != true) is { } probe
            ? $"probe {probe.Name} of its verification can't be asked: the operator's destinations.file names no probe {probe.Destination}"
        : null;
}
