using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What is read of a PersistentVolumeClaim.</summary>
public sealed record ClaimFacts
{
    /// <summary>The claim, with its UID.</summary>
    public required TargetRef Ref { get; init; }

    /// <summary><c>metadata.labels</c>.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>True when somebody marked it as not to be changed; see <see cref="PauseMark"/>.</summary>
    public bool IsPausedByMark { get; init; }

    /// <summary>What remediation changed it last; null when none did.</summary>
    public RemediationMark? LastRemediation { get; init; }

    /// <summary><c>metadata.creationTimestamp</c>.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The newest change of its spec; null when unknown.</summary>
    public ChangeStamp? LastChange { get; init; }

    /// <summary>Its deletion; null while it is wanted.</summary>
    public DeletionFacts? Deletion { get; init; }

    /// <summary><c>status.phase</c>: Pending, Bound or Lost.</summary>
    public string Phase { get; init; } = "";

    /// <summary><c>spec.storageClassName</c>; null for the default class, empty for none.</summary>
    public string? StorageClass { get; init; }

    /// <summary><c>spec.resources.requests.storage</c>; null when not set.</summary>
    public string? Requested { get; init; }

    /// <summary><c>status.capacity.storage</c>; null before it is bound.</summary>
    public string? Capacity { get; init; }

    /// <summary>True when <c>allowVolumeExpansion</c> of its StorageClass is true.</summary>
    public bool IsExpandable { get; init; }

    /// <summary><c>spec.volumeName</c>; null when not set.</summary>
    public string? Volume { get; init; }

    /// <summary><c>spec.accessModes</c>.</summary>
    public ImmutableArray<string> AccessModes { get; init; } = [];
}
