using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Verification;

/// <summary>What a verification is judged by.</summary>
public sealed record VerificationInput
{
    /// <summary>How to tell that it helped.</summary>
    public required VerificationSpec Spec { get; init; }

    /// <summary>The object that was changed.</summary>
    public required TargetRef Target { get; init; }

    /// <summary>The record so far; null before the first look.</summary>
    public required VerificationRecord? Record { get; init; }

    /// <summary>When the last change was made.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary><c>metadata.generation</c> of the target right after the last change; null where the kind has none.</summary>
    public long? Generation { get; init; }

    /// <summary>Hash of the target's spec without its replicas right after the last change; null where it has none, or where the change itself set replicas.</summary>
    public string? SpecHash { get; init; }

    /// <summary>The target as it is now; null when it can't be seen.</summary>
    public required Situation? Situation { get; init; }

    /// <summary>The incident; null when it can't be seen.</summary>
    public required Incident? Incident { get; init; }

    /// <summary>What was read for the checks that the runbook declares, by <see cref="Planning.CheckNames"/>; what was not read is not there.</summary>
    public ImmutableDictionary<string, CheckReading> Readings { get; init; } = ImmutableDictionary<string, CheckReading>.Empty;

    /// <summary>False while the caches may be behind the cluster: then nothing that they show counts as recovery.</summary>
    public required bool IsCacheCurrent { get; init; }
}
