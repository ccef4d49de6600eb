using System.Collections.Immutable;
using System.Text.Json;
using Firstline.DevServer.Simulation.Client;

namespace Firstline.DevServer.Simulation.Scheduler;

/// <summary>A node as the scheduler sees it.</summary>
/// <param name="Node">The node.</param>
/// <param name="Free">What pods may still ask for.</param>
/// <param name="PodsLeft">How many pods it may still take.</param>
internal sealed record NodeView(KubeObject Node, Resources Free, int PodsLeft)
{
    public bool IsUnschedulable => Node.Spec.Flag("unschedulable");

    public ImmutableArray<JsonElement> Taints => [.. Node.Spec.Items("taints").Where(t => t.Text("effect") is "NoSchedule" or "NoExecute")];
}
