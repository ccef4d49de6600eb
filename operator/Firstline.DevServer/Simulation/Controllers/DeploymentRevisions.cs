using System.Collections.Immutable;
using System.Globalization;
using Firstline.DevServer.Simulation.Client;

namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>Which ReplicaSet of a Deployment is the new one, and how revisions are counted.</summary>
internal static class DeploymentRevisions
{
    public const string Revision = "deployment.kubernetes.io/revision";
    public const string History = "deployment.kubernetes.io/revision-history";
    public const string Desired = "deployment.kubernetes.io/desired-replicas";
    public const string Max = "deployment.kubernetes.io/max-replicas";
    public const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    private static readonly ImmutableHashSet<string> NotCopied = [Revision, History, Desired, Max, LastApplied, "deprecated.deployment.rollback.to"];

    public static int Of(KubeObject set) =>
        int.TryParse(set.Annotation(Revision), NumberStyles.None, CultureInfo.InvariantCulture, out int revision) ? revision : 0;

    /// <summary>The ReplicaSet with the Deployment's template, the oldest of several; null when there is none yet. After an undo it is an old one.</summary>
    public static KubeObject? FindNew(KubeObject deployment, ImmutableArray<KubeObject> sets) =>
        sets.OrderBy(set => set.CreatedAt)
            .ThenBy(set => set.Name, StringComparer.Ordinal)
            .FirstOrDefault(set => TemplateHash.IsSame(set.Spec.At("template"), deployment.Spec.At("template")));

    /// <summary>The revision that the new ReplicaSet has to have: above all old ones.</summary>
    public static int Next(KubeObject? next, ImmutableArray<KubeObject> old)
    {
        int above = old.Select(Of).DefaultIfEmpty(0).Max() + 1;
        return next is null ? above : Math.Max(Of(next), above);
    }

    /// <summary>The annotations of a Deployment that its ReplicaSets carry too.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Copied(KubeObject deployment) => deployment.Annotations.Where(a => !NotCopied.Contains(a.Key));

    /// <summary>Old ReplicaSets beyond the history limit, without pods, lowest revision first.</summary>
    public static ImmutableArray<KubeObject> Outdated(ImmutableArray<KubeObject> old, int limit)
    {
        ImmutableArray<KubeObject> idle = [.. old.Where(IsIdle).OrderBy(Of).ThenBy(set => set.CreatedAt)];
        return [.. idle.Take(Math.Max(0, old.Length - limit))];
    }

    private static bool IsIdle(KubeObject set) =>
        !set.IsDeleting && set.Spec.Number("replicas", 1) == 0 && set.Status.Number("replicas") == 0 && set.Status.Number("observedGeneration") >= set.Generation;
}
