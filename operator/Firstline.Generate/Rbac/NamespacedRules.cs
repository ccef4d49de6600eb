using System.Collections.Immutable;
using Firstline.Core.Actions;
using Firstline.Core.Facts;

namespace Firstline.Generate.Rbac;

/// <summary>Which permissions an operator of some namespaces alone has, and where.</summary>
internal static class NamespacedRules
{
    /// <summary>Of the objects of the cluster only what the gates rest on; a review stores nothing.</summary>
    private static readonly ImmutableArray<string> OfCluster =
        ["namespaces", "remediationpolicies", "subjectaccessreviews", "validatingadmissionpolicies", "validatingadmissionpolicybindings"];

    private static readonly ImmutableArray<string> WithoutNamespace = [.. TargetScope.ClusterKinds.Select(PluralOf).Union(OfCluster)];

    /// <summary>In the cluster.</summary>
    public static ImmutableArray<RbacRule> Cluster(ImmutableArray<RbacRule> rules) => [.. rules.Where(static r => OfCluster.Contains(r.Resource))];

    /// <summary>In each namespace; an action on an object of the cluster is in none.</summary>
    public static ImmutableArray<RbacRule> Each(ImmutableArray<RbacRule> rules) => [.. rules.Where(static r => !WithoutNamespace.Contains(r.Resource.Split('/')[0]))];

    /// <summary>In the operator's own namespace: its runbooks are for all.</summary>
    public static ImmutableArray<RbacRule> Own(ImmutableArray<RbacRule> rules) => [.. rules.Where(static r => r.Resource.Split('/')[0] == "runbooks")];

    private static string PluralOf(string kind) => kind.ToLowerInvariant() switch
    {
        var name when name.EndsWith('y') => name[..^1] + "ies",
        var name when name.EndsWith("ss", StringComparison.Ordinal) => name + "es",
        var name => name + "s",
    };
}
