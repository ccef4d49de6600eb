using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Evicts the workload's pod that has been failing, or stuck in its start, for longest, as far as its PodDisruptionBudget allows, so that its controller makes a new one, perhaps on another node. Can't be undone.</summary>
/// <remarks>What DeletePod does, but asking the budget first: while it allows no disruption the step waits, up to its time limit.</remarks>
public sealed class EvictPodAction : IAction
{
    private const string Timeout = "timeout";

    /// <inheritdoc/>
    public string Name => "EvictPod";

    /// <inheritdoc/>
    public string Description => "Evicts the pod of a workload that has been failing, or stuck in its start, for longest, when its PodDisruptionBudget allows, so that a new one takes its place.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => Workloads.Kinds;

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => [TimeLimit.Parameter(Timeout, "10m")];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules =>
    [
        new("", "pods", ["get"], "EvictPod looks whether the pod is still that very pod"),
        new("", "pods/eviction", ["create"], "EvictPod evicts a failing pod of a workload"),
    ];

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request)
    {
        if (Workloads.Find(request) is not { } workload)
        {
            return Workloads.Unknown(request);
        }

        PodFacts? pod = FailingPods.Of(request.Situation).Concat(FailingPods.StuckStarting(request.Situation, request.Now)).FirstOrDefault();
        return pod is null
            ? new ActionResult.Refused(ActionReasons.NoFailingPod, $"no pod of {workload.Ref} is failing or stuck in its start, so that there is none to evict")
            : new ActionResult.Planned(
                $"evict failing {pod.Ref} of {workload.Ref}, when its disruption budget allows",
                [new Mutation { Verb = MutationVerb.Evict, Target = pod.Ref }], Inverse: [], pod.IsReady ? 1 : 0,
                $"{pod.Ref} and its logs are gone for good; a new pod takes its place") { Timeout = TimeLimit.Of(request, Timeout) };
    }
}
