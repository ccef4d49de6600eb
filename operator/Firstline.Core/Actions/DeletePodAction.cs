using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Deletes the workload's pod that has been failing for longest, so that its controller makes a new one, perhaps on another node. Can't be undone.</summary>
/// <remarks>Only a pod in trouble is deleted, and only one that its controller replaces. A PodDisruptionBudget does not hold a deletion.</remarks>
public sealed class DeletePodAction : IAction
{
    /// <inheritdoc/>
    public string Name => "DeletePod";

    /// <inheritdoc/>
    public string Description => "Deletes the failing pod of a workload that is oldest, so that a new one takes its place.";

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

        PodFacts? pod = FailureFinder.Find(request.Situation).Select(static f => f.Pod)
            .Where(static p => p is { Ref.Uid.Length: > 0, Controller: not null })
            .OrderBy(static p => p.CreatedAt).ThenBy(static p => p.Ref.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return pod is null
            ? new ActionResult.Refused(ActionReasons.NoFailingPod, $"no pod of {workload.Ref} is failing, so that there is none to delete")
            : new ActionResult.Planned(
                $"delete failing {pod.Ref} of {workload.Ref}",
                [new Mutation { Verb = MutationVerb.Delete, Target = pod.Ref }], Inverse: [], pod.IsReady ? 1 : 0,
                $"{pod.Ref} and its logs are gone for good; a new pod takes its place");
    }
}
