using System.Collections.Immutable;

namespace Firstline.Core.Facts;

/// <summary>Marks by which tools that deploy say that an object is theirs.</summary>
/// <remarks>Sources: Helm's and Argo CD's documentation on tracking, Flux' on garbage collection.</remarks>
public static class DeploymentMarks
{
    /// <summary>Annotation of Helm: the release.</summary>
    public const string HelmRelease = "meta.helm.sh/release-name";

    /// <summary>Annotation of Helm: the namespace of the release.</summary>
    public const string HelmNamespace = "meta.helm.sh/release-namespace";

    private static readonly ImmutableArray<(string Mark, string Owner)> Owners =
    [
        ("argocd.argoproj.io/tracking-id", "Argo CD"),
        ("argocd.argoproj.io/instance", "Argo CD"),
        ("kustomize.toolkit.fluxcd.io/name", "Flux"),
        ("helm.toolkit.fluxcd.io/name", "Flux"),
        (HelmRelease, "Helm"),
    ];

    /// <summary>Who deploys the workload, as its annotations and labels tell; null when they don't.</summary>
    public static string? OwnerOf(WorkloadFacts workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        return OwnerOf(workload.Annotations, workload.Labels);
    }

    /// <summary>Which of the tools that hold a cluster to what is in Git deploys an object, as its annotations and labels tell; null when none does. Helm by itself holds nothing.</summary>
    public static string? GitOpsOwnerOf(ImmutableSortedDictionary<string, string> annotations, ImmutableSortedDictionary<string, string> labels) =>
        OwnerOf(annotations, labels) is { } owner and not "Helm" ? owner : null;

    private static string? OwnerOf(ImmutableSortedDictionary<string, string> annotations, ImmutableSortedDictionary<string, string> labels) =>
        Owners.Where(o => annotations.ContainsKey(o.Mark) || labels.ContainsKey(o.Mark)).Select(static o => o.Owner).FirstOrDefault();
}
