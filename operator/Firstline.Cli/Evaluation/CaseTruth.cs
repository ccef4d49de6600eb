using System.Collections.Immutable;

namespace Firstline.Cli.Evaluation;

/// <summary>What is right in a case.</summary>
internal sealed record CaseTruth
{
    /// <summary>False for a healthy cluster, in which any incident is a false one.</summary>
    public bool Detect { get; init; }

    public string RootCause { get; init; } = "";

    /// <summary>Coarser or neighbouring labels, worth half.</summary>
    public ImmutableArray<string> AcceptableRootCauses { get; init => field = value.IsDefault ? [] : value; } = [];

    public ResultResource? FaultyResource { get; init; }

    public ImmutableArray<ResultResource> AcceptableResources { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<ResultResource> EquivalentResources { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Every one is to occur in the statement.</summary>
    public ImmutableArray<string> Keywords { get; init => field = value.IsDefault ? [] : [.. value.Where(static k => k is not null)]; } = [];

    /// <summary>Of each list at least one is to occur.</summary>
    public ImmutableArray<ImmutableArray<string>> KeywordsAnyOf { get; init => field = value.IsDefault ? [] : [.. value.Where(static any => !any.IsDefaultOrEmpty)]; } = [];

    public string Category { get; init; } = "";

    /// <summary>True for an object that is a right answer.</summary>
    public bool Accepts(ResultResource? resource) =>
        resource is not null && AcceptableResources.Concat(EquivalentResources).Append(FaultyResource).Any(r => r is not null && Same(r, resource));

    private static bool Same(ResultResource left, ResultResource right) =>
        left.Kind == right.Kind && left.Name == right.Name && (left.Namespace ?? "") == (right.Namespace ?? "");
}
