using System.Collections.Immutable;
using System.Text.Json;
using Firstline.DevServer.Simulation.Client;

namespace Firstline.DevServer.Simulation.Scheduler;

/// <summary>Chooses a node for a pod, or says in the scheduler's words why none fits.</summary>
internal static class Placer
{
    private const string Cpu = "Insufficient cpu";
    private const string Memory = "Insufficient memory";
    private const string Pods = "Too many pods";

    /// <param name="pod">The pod.</param>
    /// <param name="nodes">All nodes.</param>
    /// <param name="siblings">How many pods of the same owner each node has; the one with the fewest is preferred.</param>
    public static Placement Place(KubeObject pod, ImmutableArray<NodeView> nodes, IReadOnlyDictionary<string, int> siblings)
    {
        if (nodes.IsEmpty)
        {
            return new Placement.Nowhere("no nodes available to schedule pods");
        }

        Resources asked = Resources.OfPod(pod.Spec);
        ImmutableArray<(NodeView Node, ImmutableArray<string> Reasons)> judged = [.. nodes.Select(node => (node, Reasons(pod, node, asked)))];
        NodeView? best = judged
            .Where(node => node.Reasons.IsEmpty)
            .Select(node => node.Node)
            .OrderBy(node => siblings.GetValueOrDefault(node.Node.Name))
            .ThenByDescending(node => node.Free.Cpu)
            .ThenByDescending(node => node.Free.Memory)
            .ThenByDescending(node => node.PodsLeft)
            .ThenBy(node => node.Node.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best is not null ? new Placement.On(best.Node.Name) : new Placement.Nowhere(Sentence(judged));
    }

    /// <summary>Whether the pod tolerates a taint.</summary>
    public static bool Tolerates(KubeObject pod, JsonElement taint) => pod.Spec.Items("tolerations").Any(toleration =>
        (toleration.Text("effect") is null or "" || toleration.Text("effect") == taint.Text("effect"))
        && (toleration.Text("key") is null or "" || toleration.Text("key") == taint.Text("key"))
        && (toleration.Text("operator") == "Exists" || (toleration.Text("value") ?? "") == (taint.Text("value") ?? "")));

    /// <summary>Whether the node has the labels that the pod asks for.</summary>
    public static bool FitsAffinity(KubeObject pod, KubeObject node)
    {
        bool fitsSelector = pod.Spec.Members("nodeSelector").All(wanted => node.Labels.GetValueOrDefault(wanted.Name) == wanted.Value.GetString());
        ImmutableArray<JsonElement> terms =
            [.. pod.Spec.Items("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")];
        return fitsSelector && (terms.IsEmpty || terms.Any(term => FitsTerm(term, node)));
    }

    private static bool FitsTerm(JsonElement term, KubeObject node)
    {
        ImmutableDictionary<string, string> fields = ImmutableDictionary<string, string>.Empty.Add("metadata.name", node.Name);
        return term.Items("matchExpressions").All(e => LabelSelector.Holds(e, node.Labels)) && term.Items("matchFields").All(e => LabelSelector.Holds(e, fields));
    }

    /// <summary>Why the node does not fit: of the first check that fails, as the scheduler reports it.</summary>
    private static ImmutableArray<string> Reasons(KubeObject pod, NodeView node, Resources asked)
    {
        if (node.IsUnschedulable && !Tolerates(pod, Unschedulable))
        {
            return ["node(s) were unschedulable"];
        }

        JsonElement taint = node.Taints.FirstOrDefault(t => !Tolerates(pod, t));
        if (!taint.IsMissing())
        {
            return [$"node(s) had untolerated taint {{{taint.Text("key")}: {taint.Text("value")}}}"];
        }

        if (!FitsAffinity(pod, node.Node))
        {
            return ["node(s) didn't match Pod's node affinity/selector"];
        }

        ImmutableArray<(bool Lacks, string Reason)> amounts =
            [(node.PodsLeft <= 0, Pods), (asked.Cpu > node.Free.Cpu, Cpu), (asked.Memory > node.Free.Memory, Memory)];
        return [.. amounts.Where(amount => amount.Lacks).Select(amount => amount.Reason)];
    }

    private static readonly JsonElement Unschedulable =
        JsonElement.Parse("""{"key":"node.kubernetes.io/unschedulable","effect":"NoSchedule"}""");

    private static string Sentence(ImmutableArray<(NodeView Node, ImmutableArray<string> Reasons)> judged)
    {
        int all = judged.Length;
        string reasons = Counted(judged.SelectMany(node => node.Reasons));
        bool IsShort(ImmutableArray<string> why) => why.Any(reason => reason is Cpu or Memory or Pods);
        string preemption = Counted(judged.Select(node =>
            IsShort(node.Reasons) ? "No preemption victims found for incoming pod" : "Preemption is not helpful for scheduling"));
        return $"0/{all} nodes are available: {reasons}. preemption: 0/{all} nodes are available: {preemption}.";
    }

    private static string Counted(IEnumerable<string> reasons) =>
        string.Join(", ", reasons.GroupBy(reason => reason).Select(group => $"{group.Count()} {group.Key}").Order(StringComparer.Ordinal));
}
