using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>A node is not ready, under pressure or cordoned.</summary>
/// <remarks>Basis 93: its conditions say so.</remarks>
internal sealed class NodeRule : IHypothesisRule
{
    public string Name => "Node";

    public Expectation Expects(string cause) => cause switch
    {
        Causes.NodeCordoned => new("Once it is uncordoned, new pods are placed on it.", "Pods are placed on it now, or other nodes have room for what waits."),
        _ => new("Pods of any workload fail on this node and run on others; they recover with it, or once they are moved.", "Pods of the same workload fail on sound nodes too."),
    };

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case) =>
    [
        .. (@case.Situation.Node is { } own ? [own] : @case.Situation.Around.Nodes.Where(n => @case.Situation.Pods.Any(p => p.NodeName == n.Ref.Name && !p.IsReady))).SelectMany(n => Of(@case, n)),
    ];

    private static IEnumerable<HypothesisDraft> Of(DiagnosisCase @case, NodeFacts node)
    {
        string next = $"kubectl describe node {node.Ref.Name}";
        int less = @case.Situation.Node is null ? 15 : 0;
        if (node.Trouble is { } trouble)
        {
            string cause = trouble.Type switch
            {
                "MemoryPressure" => Causes.NodePressureMemory,
                "DiskPressure" => Causes.NodePressureDisk,
                _ => Causes.NodeNotReady,
            };
            string kubelet = trouble.Type != "Ready" ? "; it may evict pods"
                : trouble.Status == ConditionStatus.Unknown ? "; its kubelet does not report any more (lost heartbeat)" : "; its kubelet reports that it is not ready";
            yield return Drafts.Of(@case, cause, node.Ref, 93 - less, $"node {node.Ref.Name}: {trouble.Type} is {trouble.Status} ({trouble.Reason}: {trouble.Message}){kubelet}", next, "event", $"node/{node.Ref.Name}");
        }

        if (node.IsCordoned)
        {
            yield return Drafts.Of(@case, Causes.NodeCordoned, node.Ref, 88 - less, $"node {node.Ref.Name} is cordoned (unschedulable), so that no pod is scheduled there", $"{next}, and kubectl uncordon {node.Ref.Name} when it may take pods again", $"node/{node.Ref.Name}");
        }
    }
}
