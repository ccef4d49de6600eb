using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Verification;

/// <summary>What the verification of a rollback is judged by.</summary>
public sealed record RollbackInput
{
    /// <summary>For how long it must hold, and how long to wait for that: the same as for the change itself.</summary>
    public required VerificationSpec Spec { get; init; }

    /// <summary>The object whose change was undone.</summary>
    public required TargetRef Target { get; init; }

    /// <summary>The record so far; null before the first look.</summary>
    public required VerificationRecord? Record { get; init; }

    /// <summary>When the last change was undone.</summary>
    public required DateTimeOffset UndoneAt { get; init; }

    /// <summary>Ready pods right before the first change; null when they were not seen.</summary>
    public required int? ReadyPodsBefore { get; init; }

    /// <summary><c>metadata.generation</c> of the target right after the rollback; null where the kind has none.</summary>
    public long? Generation { get; init; }

    /// <summary>Hash of the target's content right after the rollback, from the API server's answer; null where it has none.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Hash of the target's content when the plan was made; null where it is not known, and where a change of it can't be undone.</summary>
    public string? FormerContentHash { get; init; }

    /// <summary>The target as it is now; null when it can't be seen.</summary>
    public required Situation? Situation { get; init; }

    /// <summary>False while the caches may be behind the cluster: then nothing that they show counts.</summary>
    public required bool IsCacheCurrent { get; init; }
}
