using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Deletes the workload's pod that has been failing for longest, so that its controller makes a new one, perhaps on another node. Can't be undone.</summary>
/// <remarks>Only a pod in trouble is deleted that its controller replaces, and only while another one of the same revision is ready: where none is, a new one would fail as well. A PodDisruptionBudget does not hold a deletion.</remarks>
public sealed class DeletePodAction : IAction
{
    /// <inheritdoc/>
    public string Name => "DeletePod";

    /// <inheritdoc/>
    public string Description => "Deletes the pod of a workload that has been failing for longest, while another one of the same revision is ready.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => Workloads.Kinds;

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => [];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => [new("", "pods", ["get", "delete"], "DeletePod deletes a failing pod of a workload")];

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request)
    {
        if (Workloads.Find(request) is not { } workload)
        {
            return Workloads.Unknown(request);
        }

        ImmutableArray<PodFacts> failing = FailingPods.Of(request.Situation);
        return failing.IsEmpty ? new ActionResult.Refused(ActionReasons.NoFailingPod, $"no pod of {workload.Ref} is failing, so that there is none to delete")
            : failing.FirstOrDefault(p => FailingPods.HasReadySibling(p, request.Situation)) is { } pod ? Planned(workload, pod)
            : new ActionResult.Refused(ActionReasons.NoReadySibling, $"no other pod of the same revision of {workload.Ref} is ready, so that a new one would fail as {failing[0].Ref} does");
    }

    private static ActionResult.Planned Planned(WorkloadFacts workload, PodFacts pod) => new(
        $"delete failing {pod.Ref} of {workload.Ref}",
        [new Mutation { Verb = MutationVerb.Delete, Target = pod.Ref }], Inverse: [], pod.IsReady ? 1 : 0,
        $"{pod.Ref} and its logs are gone for good; a new pod takes its place");
}
