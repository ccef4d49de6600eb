using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>What events say of a pod that has a node and does not start: sandbox, volume, hook.</summary>
/// <remarks>Basis 90: the kubelet names it.</remarks>
internal sealed class PodStartRule : IHypothesisRule
{
    public string Name => "PodStart";

    public Expectation Expects(string cause) => cause switch
    {
        Causes.Preemption => new("Once pods of higher priority need the room no more, or there is more of it, it is placed again.", "Nodes had room for both at that moment."),
        Causes.SchedulingGated => new("Once its scheduling gates are removed, it is placed.", "Its spec has no scheduling gate."),
        Causes.SandboxCreationFailed => new("Other pods that start on the same node fail alike, and this one starts elsewhere.", "Other pods start on the same node in the same minutes."),
        Causes.LifecycleHookFailed => new("Without the hook, or once its command succeeds, the container stays up.", "The hook's command succeeds inside the container."),
        _ => new("Once its volume can be attached and mounted on its node, the pod starts by itself.", "The volume is mounted, and the pod does not start all the same."),
    };

    private static readonly ImmutableArray<(string Reason, string Words, string Cause, string What)> Known =
    [
        ("FailedAttachVolume", "Multi-Attach", Causes.VolumeMultiAttach, "its ReadWriteOnce volume (claim) is attached to another node"),
        ("FailedAttachVolume", "already exclusively attached", Causes.VolumeMultiAttach, "its ReadWriteOnce volume (claim) is attached to another node"),
        ("FailedAttachVolume", "already attached to", Causes.VolumeMultiAttach, "its volume (claim) is attached to another node"),
        ("FailedAttachVolume", "already being used by", Causes.VolumeMultiAttach, "its volume (claim) is attached to another node"),
        ("FailedAttachVolume", "VolumeInUse", Causes.VolumeMultiAttach, "its volume (claim) is attached to another node"),
        ("FailedAttachVolume", "", Causes.VolumeMountFailed, "its volume cannot be attached to its node"),
        ("FailedCreatePodSandBox", "", Causes.SandboxCreationFailed, "the sandbox or its network (CNI) cannot be made"),
        ("NetworkNotReady", "", Causes.SandboxCreationFailed, "the network of its node (CNI) is not ready"),
        ("FailedPostStartHook", "", Causes.LifecycleHookFailed, "its postStart lifecycle hook fails"),
        ("FailedPreStopHook", "", Causes.LifecycleHookFailed, "its preStop lifecycle hook fails"),
        ("FailedMount", "persistentvolumeclaim", Causes.PvcMissing, "the claim of its volume does not exist"),
        ("FailedMount", "no space left", Causes.DiskFull, "no space is left for its volume"),
        ("FailedMount", "not found in the list of registered CSI drivers", Causes.VolumeMountFailed, "the CSI driver of its volume is not there on its node"),
        ("FailedMount", "permission denied", Causes.VolumeMountFailed, "its volume refuses the node (permission denied)"),
        ("FailedMount", "timed out", Causes.VolumeMountFailed, "its volume does not answer in time"),
        ("FailedMount", "mount failed", Causes.VolumeMountFailed, "its volume cannot be mounted"),
        ("FailedMount", "MountVolume.MountDevice failed", Causes.VolumeMountFailed, "its volume cannot be mounted"),
        ("FailedMount", "failed to mount secrets store objects", Causes.MissingSecret, "a secret that it mounts cannot be had from its store"),
        ("FailedMount", "rpc error: code =", Causes.VolumeMountFailed, "its volume cannot be mounted"),
        ("FailedMapVolume", "", Causes.VolumeMountFailed, "its block volume cannot be mapped"),
        ("Preempted", "", Causes.Preemption, "it was preempted by a pod of higher priority"),
    ];

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case) =>
    [
        .. from known in Known
           let said = @case.Situation.Events.FirstOrDefault(e => e.Reason == known.Reason && e.Message.Contains(known.Words, StringComparison.OrdinalIgnoreCase))
           where said is not null
           select Drafts.Of(
               @case, known.Cause, @case.Subject, 90, $"{@case.Subject}: {known.What} ({known.Reason}: {BoundedText.Of(said.Message, 400)})",
               $"kubectl describe {@case.KubectlName}", $"event/{known.Reason}", "container"),
        .. @case.Situation.Pods.SelectMany(static p => p.Conditions).Where(static c => c is { Type: "DisruptionTarget", Reason: "PreemptionByScheduler" }).Take(1)
            .Select(c => Drafts.Of(
                @case, Causes.Preemption, @case.Subject, 90, $"{@case.Subject} was preempted by a pod of higher priority: {c.Message}", $"kubectl describe {@case.KubectlName}",
                "scheduling")),
        .. @case.Situation.WantedPods.Where(static p => p.Condition("PodScheduled") is { Reason: "SchedulingGated" }).Take(1)
            .Select(p => Drafts.Of(
                @case, Causes.SchedulingGated, @case.Subject, 90, $"{p.Ref.Name} is not scheduled: a scheduling gate is set{Gates(@case)}", $"kubectl describe {@case.KubectlName}",
                "scheduling")),
    ];

    private static string Gates(DiagnosisCase @case) => @case.Situation.PodDeclared.Gates is { IsEmpty: false } gates ? $" ({string.Join(", ", gates)})" : "";
}
