using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>No node takes a pod; the scheduler's own sentence says what stands in the way, node by node.</summary>
/// <remarks>Basis 85 for the reason that most nodes give, 60 for each other one. A rollout that made the pods so stands beside it.</remarks>
internal sealed class SchedulingRule : IHypothesisRule
{
    // Words of the scheduler's message, the most exact first: a taint of a node that is not ready is no missing toleration.
    private static readonly ImmutableArray<(string Words, string Cause, string What)> Reasons =
    [
        ("persistentvolumeclaim \"", Causes.PvcMissing, "a PersistentVolumeClaim that it needs does not exist"),
        ("unbound immediate PersistentVolumeClaims", Causes.PvcPending, "a PersistentVolumeClaim that it needs is not bound"),
        ("didn't find available persistent volumes to bind", Causes.PvcPending, "a PersistentVolumeClaim that it needs is not bound"),
        ("not have enough free storage", Causes.PvcPending, "a PersistentVolumeClaim that it needs is not bound, since no node has storage for it"),
        ("volume node affinity conflict", Causes.VolumeNodeAffinityConflict, "its volume is on another node"),
        ("match PersistentVolume's node affinity", Causes.VolumeNodeAffinityConflict, "its volume is on another node"),
        ("no available volume zone", Causes.VolumeNodeAffinityConflict, "its volume is in another zone"),
        ("bound to non-existent pv", Causes.PvcLost, "the volume of its claim is gone"),
        ("ReadWriteOncePod access mode", Causes.VolumeMultiAttach, "its volume is in use by another pod, and its access mode allows one"),
        ("free ports", Causes.HostPortConflict, "the host port that it wants is taken"),
        ("node.kubernetes.io/not-ready", Causes.NodeNotReady, "nodes are not ready"),
        ("node.kubernetes.io/unreachable", Causes.NodeNotReady, "nodes are unreachable"),
        ("untolerated taint", Causes.SchedulingTaint, "nodes have taints that it does not tolerate"),
        ("that the pod didn't tolerate", Causes.SchedulingTaint, "nodes have taints that it does not tolerate"),
        ("node affinity/selector", Causes.SchedulingNodeSelector, "no node has the labels that it asks for"),
        ("match node selector", Causes.SchedulingNodeSelector, "no node has the labels that it asks for"),
        ("anti-affinity", Causes.SchedulingAffinity, "its anti-affinity forbids every node"),
        ("pod affinity", Causes.SchedulingAffinity, "its affinity to other pods matches no node"),
        ("topology spread constraints", Causes.SchedulingAffinity, "its topology spread constraints (a rule of affinity) allow no node"),
        ("Insufficient", Causes.SchedulingResources, "no node has enough free resources"),
        ("Too many pods", Causes.SchedulingResources, "the nodes are full"),
        ("max volume count", Causes.SchedulingResources, "the nodes have no room for another volume"),
        ("cannot allocate all claims", Causes.SchedulingResources, "no node has the devices that its resource claims ask for"),
    ];

    public string Name => "Scheduling";

    public Expectation Expects(string cause) => cause switch
    {
        Causes.SchedulingResources => new("With more room on the nodes, or smaller requests, it is placed.", "A node has as much cpu and memory free as it requests."),
        Causes.PvcMissing or Causes.PvcPending or Causes.VolumeNodeAffinityConflict or Causes.VolumeMultiAttach => new("Once its claim is bound to a volume that its node can reach, it is placed.", "Its claims are bound to volumes of a node that has room for it."),
        Causes.NodeNotReady => new("Once the nodes are ready again, it is placed.", "All nodes are ready, and it is not placed."),
        _ => new("With the toleration, labels or rules that a node meets, it is placed there.", "A ready node meets all that it asks for, and it is not placed there."),
    };

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case)
    {
        ImmutableArray<(PodFacts Pod, string Message)> waiting =
        [
            .. from pod in @case.Situation.WantedPods.OrderBy(static p => p.Ref.Name, StringComparer.Ordinal)
               let condition = pod.Condition("PodScheduled")
               where condition is { Status: ConditionStatus.False, Reason: "Unschedulable" }
               select (pod, condition.Message),
        ];
        if (waiting.IsEmpty)
        {
            return [];
        }

        string message = waiting[0].Message;
        return
        [
            .. IsShared(@case) && message.Contains("volume node affinity", StringComparison.OrdinalIgnoreCase)
                ? new[] { Draft(@case, waiting, Causes.VolumeMultiAttach, "its pods share one ReadWriteOnce volume, which only one node can have", 90) } : [],
            .. Reasons.Where(r => message.Contains(r.Words, StringComparison.OrdinalIgnoreCase))
                .DistinctBy(static r => r.Cause)
                .OrderByDescending(r => r.Cause != Causes.SchedulingTaint || !IsOfControlPlanes(@case, message))
                .ThenByDescending(r => NodesFor(message, r.Words))
                .Select((r, rank) => Draft(@case, waiting, r.Cause, r.What, rank == 0 ? 85 : 60)),
        ];
    }

    // Control planes are tainted for good: such a taint is only the reason where nothing else is. Newer schedulers count the nodes and name no taint.
    private static bool IsOfControlPlanes(DiagnosisCase @case, string message) =>
        message.Contains("untolerated taint(s)", StringComparison.Ordinal)
            ? NodesFor(message, "untolerated taint") <= @case.Situation.Around.Nodes.Count(static n => n.Taints.Any(static t => t.Key == "node-role.kubernetes.io/control-plane"))
            : message.Contains("control-plane", StringComparison.Ordinal) && message.Split("untolerated taint").Length == 2;

    private static HypothesisDraft Draft(
        DiagnosisCase @case, ImmutableArray<(PodFacts Pod, string Message)> waiting, string cause, string what, int basis) => new()
        {
            Cause = cause,
            Statement = $"{Counted.Of(waiting.Length, "pod")} of {@case.Subject} cannot be scheduled: {what}{Wanted(@case, cause)} ({BoundedText.Of(waiting[0].Message, 300)})",
            Resource = @case.Subject,
            DueTo = cause == Causes.NodeNotReady ? SilentNode(@case) : null,
            Confidence = Confidence.Of(basis),
            For = @case.Evidence.Cite("scheduling", "event/FailedScheduling", "nodes"),
            NextStep = $"kubectl describe pod {waiting[0].Pod.Ref.Name}{@case.NamespaceFlag}, and kubectl describe nodes",
        };

    // Of several the one that went first; the scheduler tells no names.
    private static TargetRef? SilentNode(DiagnosisCase @case) =>
        @case.Situation.Around.Nodes.Where(static n => n.Trouble is { Type: "Ready" }).OrderBy(static n => n.Trouble!.Since).ThenBy(static n => n.Ref.Name, StringComparer.Ordinal)
            .Select(static n => n.Ref with { Uid = null }).FirstOrDefault();

    private static string Wanted(DiagnosisCase @case, string cause)
    {
        PodDeclaration pod = @case.Situation.PodDeclared;
        string text = cause switch
        {
            Causes.SchedulingNodeSelector => pod.Placement.Length > 0 ? $"{pod.Placement} (node selector or affinity)" : "",
            Causes.HostPortConflict => string.Join(", ", pod.Containers.SelectMany(static c => c.HostPorts).Select(static p => $"hostPort {p}")),
            Causes.SchedulingResources => string.Join(", ", pod.Containers.Where(static c => c.Requests.Length > 0).Select(static c => $"requests {c.Requests}")),
            Causes.VolumeMultiAttach or Causes.VolumeNodeAffinityConflict or Causes.PvcMissing => string.Join(", ", pod.Claims.Select(c => $"claim (PVC) {c}{Modes(@case, c)}")),
            _ => "",
        };
        return text.Length > 0 ? $": {text}" : "";
    }

    private static string Modes(DiagnosisCase @case, string claim) =>
        @case.Situation.Around.Claims.FirstOrDefault(c => c.Ref.Name == claim) is { AccessModes.IsEmpty: false } found ? $" with access mode {string.Join(", ", found.AccessModes)}" : "";

    // A ReadWriteOnce claim that several pods share keeps them on one node.
    private static bool IsShared(DiagnosisCase @case)
    {
        PodDeclaration pod = @case.Situation.PodDeclared;
        return @case.Situation.Workload is { DesiredPods: > 1, Ref.Kind: "Deployment" }
            && @case.Situation.Around.Claims.Any(c => pod.Claims.Contains(c.Ref.Name) && c.AccessModes.Contains("ReadWriteOnce"));
    }

    // "0/5 nodes are available: 2 Insufficient cpu, 3 node(s) had untolerated taint {a: b}." counts nodes per reason.
    private static int NodesFor(string message, string words)
    {
        string? part = message.Split([',', ':'], StringSplitOptions.TrimEntries).FirstOrDefault(p => p.Contains(words, StringComparison.OrdinalIgnoreCase));
        string digits = new(part?.TakeWhile(char.IsAsciiDigit).ToArray() ?? []);
        return int.TryParse(digits, out int count) ? count : int.MaxValue;
    }
}
