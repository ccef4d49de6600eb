using System.Collections.Immutable;
using Firstline.DevServer.Simulation.Client;

namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>Which pods a ReplicaSet gives up first: those that serve least, then the newest.</summary>
internal static class DeletionRank
{
    public static ImmutableArray<KubeObject> Choose(IEnumerable<KubeObject> pods, int count) =>
    [
        .. pods
            .OrderBy(pod => pod.Spec.Text("nodeName") is null ? 0 : 1)
            .ThenBy(pod => pod.Status.Text("phase") switch { "Pending" => 0, "Running" => 2, _ => 1 })
            .ThenBy(pod => PodFacts.IsReady(pod) ? 1 : 0)
            .ThenBy(pod => int.TryParse(pod.Annotation("controller.kubernetes.io/pod-deletion-cost"), out int cost) ? cost : 0)
            .ThenByDescending(Restarts)
            .ThenByDescending(pod => pod.CreatedAt)
            .ThenBy(pod => pod.Name, StringComparer.Ordinal)
            .Take(count),
    ];

    private static int Restarts(KubeObject pod) => pod.Status.Items("containerStatuses").Select(c => c.Number("restartCount")).DefaultIfEmpty(0).Max();
}
