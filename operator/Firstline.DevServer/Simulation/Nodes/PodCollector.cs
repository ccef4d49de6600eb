using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Queue;

namespace Firstline.DevServer.Simulation.Nodes;

/// <summary>Removes pods whose node does not exist any more: no kubelet will.</summary>
internal sealed class PodCollector(ControllerTools tools) : IReconciler
{
    public string Name => "pod-collector";

    public IEnumerable<Trigger> Triggers =>
    [
        new Trigger(tools.Cluster.Nodes, node => tools.Cluster.Pods.All().Where(pod => pod.Spec.Text("nodeName") == node.Name).Select(pod => pod.Key)),
    ];

    public async Task<TimeSpan?> ReconcileAsync(NamespacedName key, CancellationToken ct)
    {
        KubeObject? pod = tools.Cluster.Pods.Get(key);
        if (pod?.Spec.Text("nodeName") is { } node && tools.Cluster.Nodes.Get(new NamespacedName("", node)) is null)
        {
            await tools.Cluster.DeleteAsync(Kinds.Pod, pod, graceSeconds: 0, ct);
        }

        return null;
    }
}
