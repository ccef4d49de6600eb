using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What is read of a PersistentVolume.</summary>
public sealed record VolumeFacts
{
    /// <summary>The volume, with its UID.</summary>
    public required TargetRef Ref { get; init; }

    /// <summary><c>metadata.creationTimestamp</c>.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its deletion; null while it is wanted.</summary>
    public DeletionFacts? Deletion { get; init; }

    /// <summary><c>status.phase</c>: Available, Bound, Released or Failed.</summary>
    public string Phase { get; init; } = "";

    /// <summary><c>status.message</c>; empty when not set.</summary>
    public string Message { get; init; } = "";
}
