using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Diagnosis;

/// <summary>A hypothesis before it is ranked.</summary>
internal sealed record HypothesisDraft
{
    /// <summary>Label of the taxonomy.</summary>
    public required string Cause { get; init; }

    /// <summary>Category where it is not the cause's own; null otherwise.</summary>
    public string? Category { get; init; }

    /// <summary>What may be the cause, in one sentence.</summary>
    public required string Statement { get; init; }

    /// <summary>How likely, from <see cref="Diagnosis.Confidence"/>.</summary>
    public required int Confidence { get; init; }

    /// <summary>The object at fault.</summary>
    public required TargetRef Resource { get; init; }

    /// <summary>What it is due to when that troubles others as well and is not the object at fault itself; null otherwise.</summary>
    public TargetRef? DueTo { get; init; }

    /// <summary>Ids of evidence for it.</summary>
    public required ImmutableArray<string> For { get; init; }

    /// <summary>Ids of evidence against it.</summary>
    public ImmutableArray<string> Against { get; init; } = [];

    /// <summary>What speaks against it, whose points the confidence is without.</summary>
    public ImmutableArray<Objection> Objections { get; init; } = [];

    /// <summary>What to look at or type next.</summary>
    public required string NextStep { get; init; }
}
