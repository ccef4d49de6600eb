using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What is read of a Job.</summary>
public sealed record JobFacts
{
    /// <summary>The Job, with its UID.</summary>
    public required TargetRef Ref { get; init; }

    /// <summary>The CronJob that made it; null for a Job on its own.</summary>
    public OwnerReference? Controller { get; init; }

    /// <summary><c>metadata.labels</c>.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>True when somebody marked it as not to be changed; see <see cref="PauseMark"/>.</summary>
    public bool IsPausedByMark { get; init; }

    /// <summary>What remediation changed it last; null when none did.</summary>
    public RemediationMark? LastRemediation { get; init; }

    /// <summary>Its deletion; null while it is wanted.</summary>
    public DeletionFacts? Deletion { get; init; }

    /// <summary><c>metadata.creationTimestamp</c>.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary><c>status.active</c>.</summary>
    public int Active { get; init; }

    /// <summary><c>status.succeeded</c>.</summary>
    public int Succeeded { get; init; }

    /// <summary><c>status.failed</c>.</summary>
    public int Failed { get; init; }

    /// <summary><c>spec.suspend</c>.</summary>
    public bool Suspended { get; init; }

    /// <summary><c>status.conditions[]</c>.</summary>
    public ImmutableArray<ConditionFacts> Conditions { get; init; } = [];

    /// <summary><c>spec</c> as JSON text of a Job that failed for good, to run it again; null of any other.</summary>
    public string? FailedSpecJson { get; init; }

    /// <summary>True when its condition says that it failed for good: it does not retry any more.</summary>
    public bool HasFailed => IsSet("Failed");

    /// <summary>True when its condition says that it succeeded.</summary>
    public bool HasSucceeded => IsSet("Complete");

    private bool IsSet(string type) => Conditions.Any(c => c.Type == type && c.Status == ConditionStatus.True);
}
