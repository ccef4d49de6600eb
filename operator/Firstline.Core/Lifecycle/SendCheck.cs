using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;

namespace Firstline.Core.Lifecycle;

/// <summary>The last look before a write, on an object read afresh: was it sent already, is it still the object that was planned on, what exactly is sent.</summary>
public static class SendCheck
{
    /// <summary>Mark of a step on the objects that it changes.</summary>
    public static string MarkOf(RemediationRequest request, PlannedStep step, PlanDirection direction) =>
        direction == PlanDirection.Forward ? $"{request.Metadata.Uid}/{step.Name}" : $"{request.Metadata.Uid}/{step.Name}{RemediationMark.Undone}";

    // The time is that of the stored intent: a repeated write is the same write.
    private static RemediationMark Full(RemediationRequest request, PlannedStep step, string mark) => new(
        mark, RemediationLifecycle.RecordOf(request.Status ?? new(), step)?.IntendedAt, request.Spec.Incident.Uid,
        RemediationMark.NameOf(request.Spec.Runbook.Namespace, request.Spec.Runbook.Name));

    /// <summary>Judges one mutation.</summary>
    /// <param name="request">The request, with its status.</param>
    /// <param name="step">The step that the mutation belongs to.</param>
    /// <param name="direction">The change, or what undoes it.</param>
    /// <param name="mutation">The mutation.</param>
    /// <param name="fresh">The object as just read; null when it is not there.</param>
    public static SendVerdict Judge(RemediationRequest request, PlannedStep step, PlanDirection direction, Mutation mutation, FreshObject? fresh)
    {
        if (mutation.Verb == MutationVerb.Create)
        {
            return JudgeCreation(request, step, direction, mutation, fresh);
        }

        bool isSame = fresh is not null && fresh.Uid == mutation.Target.Uid;
        if (IsToEnd(mutation) && (!isSame || (fresh!.IsEnding && mutation.Verb == MutationVerb.Evict)))
        {
            return new SendVerdict.Done();
        }

        return JudgeChange(request, step, direction, mutation, fresh);
    }

    private static bool IsToEnd(Mutation mutation) => mutation.Verb == MutationVerb.Delete || mutation is { Verb: MutationVerb.Evict, Target.Kind: "Pod" };

    private static SendVerdict JudgeChange(RemediationRequest request, PlannedStep step, PlanDirection direction, Mutation mutation, FreshObject? fresh)
    {
        if (fresh is null)
        {
            return new SendVerdict.Drifted($"{mutation.Target} is gone");
        }

        if (fresh.Uid != mutation.Target.Uid)
        {
            return new SendVerdict.Drifted($"{mutation.Target} was deleted and made again");
        }

        string mark = MarkOf(request, step, direction);
        if (fresh.Mark == mark)
        {
            return new SendVerdict.Done();
        }

        return Difference(request, mutation, fresh) is { } difference ? new SendVerdict.Drifted(difference) : new SendVerdict.Send(BodyOf(mutation, fresh, Full(request, step, mark).ToString()));
    }

    // The name is the plan's own: whatever else has it was made by somebody else.
    private static SendVerdict JudgeCreation(RemediationRequest request, PlannedStep step, PlanDirection direction, Mutation mutation, FreshObject? fresh)
    {
        string mark = MarkOf(request, step, direction);
        bool wasMade = RemediationLifecycle.RecordOf(request.Status ?? new(), step)?.StartedAt is not null;
        return fresh is null && wasMade ? new SendVerdict.Drifted($"{mutation.Target} was deleted before it had ended")
            : fresh is null ? new SendVerdict.Send(Creation(mutation, Full(request, step, mark).ToString()))
            : fresh.Mark == mark ? new SendVerdict.Done()
            : new SendVerdict.Drifted($"{mutation.Target} is there already, and was not made by this request");
    }

    private static string Creation(Mutation mutation, string mark)
    {
        JsonObject made = JsonNode.Parse(mutation.Body ?? "{}")!.AsObject();
        JsonObject metadata = made["metadata"]!.AsObject();
        JsonObject annotations = metadata["annotations"] as JsonObject ?? [];
        annotations[AnnotationNames.LastRemediation] = mark;
        metadata["annotations"] ??= annotations;
        return CanonicalJson.Plain(made);
    }

    /// <summary>Null when the object is as the last change of this request, or the plan, left it.</summary>
    private static string? Difference(RemediationRequest request, Mutation mutation, FreshObject fresh)
    {
        (long? generation, string? content) = Expected(request, mutation.Target);
        if (generation is > 0)
        {
            bool isScaledAlone = fresh.IsScaled && content is not null && fresh.ContentHash == content && !Scaling.IsPlanned(request.Spec.Plan);
            return fresh.Generation == generation || isScaledAlone
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"{mutation.Target} was changed by somebody else: generation {fresh.Generation}, expected {generation}");
        }

        return content is not null && fresh.ContentHash != content ? $"the content of {mutation.Target} was changed by somebody else" : null;
    }

    private static (long? Generation, string? ContentHash) Expected(RemediationRequest request, TargetRef target)
    {
        StepRecord? last = (request.Status?.Steps ?? [])
            .Where(r => r.AppliedAt is not null && StepOf(request, r)?.Forward.Any(m => m.Target == target) == true)
            .MaxBy(static r => r.RolledBackAt ?? r.AppliedAt);
        RemediationPlan plan = request.Spec.Plan;
        return last is not null ? (last.Generation, last.ContentHash)
            : plan.Target.Uid == target.Uid ? (plan.TargetGeneration, plan.TargetContentHash) : (null, null);
    }

    private static PlannedStep? StepOf(RemediationRequest request, StepRecord record) => request.Spec.Plan.Steps.FirstOrDefault(s => s.Name == record.Name);

    private static string? BodyOf(Mutation mutation, FreshObject fresh, string mark) => mutation.Verb switch
    {
        MutationVerb.JsonPatch => JsonPatch(JsonNode.Parse(mutation.Body ?? "[]")!.AsArray(), fresh, mark),
        MutationVerb.Taint => JsonPatch([TaintChange.Of(mutation).Operation(fresh.Taints)], fresh, mark),
        MutationVerb.MergePatch => MergePatch(mutation, fresh, mark),
        _ => null,
    };

    // Writing the resourceVersion that was read makes the API server answer 409 when the object has changed since (RFC 6902 "test" would give 422).
    private static string JsonPatch(JsonArray change, FreshObject fresh, string mark)
    {
        JsonArray operations =
        [
            Workloads.Operation("test", "/metadata/uid", fresh.Uid),
            Workloads.Operation("add", "/metadata/resourceVersion", fresh.ResourceVersion),
        ];
        if (!fresh.HasAnnotations)
        {
            operations.Add((JsonNode)Workloads.Operation("add", "/metadata/annotations", new JsonObject()));
        }

        operations.Add((JsonNode)Workloads.Operation("add", "/metadata/annotations/" + AnnotationNames.LastRemediation.Replace("/", "~1", StringComparison.Ordinal), mark));
        foreach (JsonNode? operation in change)
        {
            operations.Add(operation?.DeepClone());
        }

        return CanonicalJson.Plain(operations);
    }

    private static string MergePatch(Mutation mutation, FreshObject fresh, string mark)
    {
        JsonObject patch = JsonNode.Parse(mutation.Body ?? "{}")!.AsObject();
        JsonObject metadata = patch["metadata"] as JsonObject ?? [];
        JsonObject annotations = metadata["annotations"] as JsonObject ?? [];
        annotations[AnnotationNames.LastRemediation] = mark;
        metadata["annotations"] = annotations.Parent is null ? annotations : annotations.DeepClone();
        metadata["uid"] = fresh.Uid;
        metadata["resourceVersion"] = fresh.ResourceVersion;
        patch["metadata"] = metadata.Parent is null ? metadata : metadata.DeepClone();
        return CanonicalJson.Plain(patch);
    }
}
