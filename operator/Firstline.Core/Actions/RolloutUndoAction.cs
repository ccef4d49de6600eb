using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Takes a workload back to its last healthy revision. Reversible: the inverse restores the pod template that was seen while planning.</summary>
/// <remarks>
/// Not just the previous revision: one that wants pods and has none ready is known to be broken and skipped. A revision with ready pods is
/// proven; one that was scaled down to nothing is not, and makes the plan wait for a human.
/// </remarks>
public sealed class RolloutUndoAction : IAction
{
    /// <inheritdoc/>
    public string Name => "RolloutUndo";

    /// <inheritdoc/>
    public string Description => "Replaces a workload's pod template by that of its newest older revision that is healthy.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => Workloads.Kinds;

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => [];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => Workloads.Rules("RolloutUndo replaces the pod template");

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request) => Workloads.PlanRollout(request, workload => Plan(workload, request));

    private static ActionResult Plan(WorkloadFacts workload, ActionRequest request)
    {
        RevisionFacts? current = Current(request.Situation.Revisions, workload);
        return Choose(request.Situation.Revisions, workload, current) is { } revision
            ? Planned(workload, current, revision)
            : new ActionResult.Refused(
                ActionReasons.NoHealthyRevision,
                $"{workload.Ref} has no older revision with another pod template that is not broken too; {request.Situation.Revisions.Length} revision(s) seen");
    }

    private static ActionResult Planned(WorkloadFacts workload, RevisionFacts? current, RevisionFacts revision)
    {
        Mutation forward = ReplaceTemplate(workload.Ref, revision.TemplateJson);
        Mutation inverse = ReplaceTemplate(workload.Ref, workload.TemplateJson);
        if (Math.Max(forward.Body!.Length, inverse.Body!.Length) > Workloads.MaxBodyLength)
        {
            return new ActionResult.Refused(ActionReasons.TooLarge, $"the pod template of {workload.Ref} is larger than {Workloads.MaxBodyLength} characters");
        }

        string from = current is null ? "its present pod template" : $"revision {current.Number}";
        return new ActionResult.Planned(
            $"take {workload.Ref} back from {from} to revision {revision.Number} ({PodTemplate.DescribeImages(revision.TemplateJson, workload.TemplateJson)})",
            [forward], [inverse], Workloads.PodsStoppedByRollout(workload), Irreversible: null, Caution(workload, revision));
    }

    private static string? Caution(WorkloadFacts workload, RevisionFacts revision)
    {
        if (revision.ReadyPods == 0)
        {
            return $"revision {revision.Number} has no pod left that proves it healthy";
        }

        return workload.Ref.Kind == "StatefulSet"
            ? "a StatefulSet with podManagementPolicy OrderedReady does not replace a broken pod by itself; it may have to be deleted by hand"
            : null;
    }

    private static RevisionFacts? Current(ImmutableArray<RevisionFacts> revisions, WorkloadFacts workload) =>
        revisions.OrderByDescending(static r => r.Number).FirstOrDefault(r => PodTemplate.AreEqual(r.TemplateJson, workload.TemplateJson));

    private static RevisionFacts? Choose(ImmutableArray<RevisionFacts> revisions, WorkloadFacts workload, RevisionFacts? current)
    {
        RevisionFacts[] older =
        [
            .. from revision in revisions
               where revision.Number < (current?.Number ?? long.MaxValue) && !PodTemplate.AreEqual(revision.TemplateJson, workload.TemplateJson)
               orderby revision.Number descending
               select revision,
        ];
        return Array.Find(older, static r => r.ReadyPods > 0) ?? Array.Find(older, static r => r.DesiredPods == 0);
    }

    private static Mutation ReplaceTemplate(TargetRef target, string template) =>
        Workloads.JsonPatch(target, Workloads.Operation("replace", "/spec/template", JsonNode.Parse(template)));
}
