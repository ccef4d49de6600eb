using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Takes a workload back to its last healthy revision. Reversible: the inverse restores the pod template that was seen while planning.</summary>
/// <remarks>
/// Not just the previous revision: one that failed, or runs the same as the one at work, is skipped. Ready pods prove a revision; one that has none left
/// counts when it was seen healthy before, and makes the plan wait for a human. Where none is known to have been healthy it is refused.
/// </remarks>
public sealed class RolloutUndoAction : IAction
{
    private const string TemplatePath = "/spec/template";

    /// <inheritdoc/>
    public string Name => "RolloutUndo";

    /// <inheritdoc/>
    public string Description => "Replaces a workload's pod template by that of its newest older revision that was healthy.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => Workloads.Kinds;

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => [];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => Workloads.Rules("RolloutUndo replaces the pod template");

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request) => Workloads.PlanRollout(request, workload => Plan(workload, request));

    /// <summary>The template that a mutation of this action rolls out, as JSON text; null for any other mutation.</summary>
    public static string? TemplateOf(Mutation mutation) =>
        mutation is { Verb: MutationVerb.JsonPatch, Body: { } body } && JsonNode.Parse(body) is JsonArray { Count: 1 } patch && (string?)patch[0]!["path"] == TemplatePath
            ? patch[0]!["value"]?.ToJsonString()
            : null;

    private static ActionResult Plan(WorkloadFacts workload, ActionRequest request) => RevisionChoice.Find(workload, request) is { } choice
        ? Planned(workload, choice)
        : new ActionResult.Refused(ActionReasons.NoHealthyRevision, request.Situation.Revisions.Length < 2
            ? $"{workload.Ref} has no older revision"
            : $"of the {Counted.Of(request.Situation.Revisions.Length, "revision")} of {workload.Ref} no older one is known to have been healthy and apart from this trouble");

    private static ActionResult Planned(WorkloadFacts workload, RevisionChoice choice)
    {
        RevisionFacts revision = choice.Revision;
        Mutation forward = ReplaceTemplate(workload.Ref, revision.TemplateJson);
        Mutation inverse = ReplaceTemplate(workload.Ref, workload.TemplateJson);
        if (Math.Max(forward.Body!.Length, inverse.Body!.Length) > Workloads.MaxBodyLength)
        {
            return new ActionResult.Refused(ActionReasons.TooLarge, $"the pod template of {workload.Ref} is larger than {Workloads.MaxBodyLength} characters");
        }

        string from = choice.Current is { } current ? string.Create(CultureInfo.InvariantCulture, $"revision {current.Number}") : "its present pod template";
        return new ActionResult.Planned(
            $"take {workload.Ref} back from {from} to revision {revision.Number} ({PodTemplate.DescribeImages(revision.TemplateJson, workload.TemplateJson)})",
            [forward], [inverse], Workloads.PodsStoppedByRollout(workload), Irreversible: null, choice.Doubt ?? Caution(workload));
    }

    private static string? Caution(WorkloadFacts workload) => workload.Ref.Kind == "StatefulSet"
        ? "a StatefulSet with podManagementPolicy OrderedReady does not replace a broken pod by itself; it may have to be deleted by hand"
        : null;

    private static Mutation ReplaceTemplate(TargetRef target, string template) =>
        Workloads.JsonPatch(target, Workloads.Operation("replace", TemplatePath, JsonNode.Parse(template)));
}
