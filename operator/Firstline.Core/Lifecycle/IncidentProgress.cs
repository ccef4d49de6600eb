using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Gates;
using Firstline.Core.Planning;
using Firstline.Core.Verification;

namespace Firstline.Core.Lifecycle;

/// <summary>Turns a step into the part of an Incident's status that the planning controller owns.</summary>
public static class IncidentProgress
{
    // A human's approval is asked for on the request; what passes by itself within moments needs nobody.
    private static readonly ImmutableArray<string> Quiet = [ApprovalGate.GateName, "Leadership", "CacheFreshness", "TargetLock"];

    // A change that is half made, or that is to be undone and can't be, is a human's business at once.
    private static readonly ImmutableArray<string> QuietHalfway = ["Leadership", "CacheFreshness"];

    private static readonly ImmutableArray<string> Owned =
        [ConditionTypes.Permitted, ConditionTypes.Executed, ConditionTypes.Verified, ConditionTypes.Escalated, ConditionTypes.Attached, ConditionTypes.Resolved];

    /// <summary>The part of the status, complete.</summary>
    public static IncidentStatus ToStatus(IncidentView view, IncidentStep step, DateTimeOffset now)
    {
        Incident incident = view.Incident;
        RemediationRequest? shown = (step as IncidentStep.Follow)?.Request ?? view.Last;
        ImmutableArray<Condition> conditions = Conditions(incident, shown, step, now);
        ImmutableArray<Condition> all = [.. conditions, .. incident.Status?.Conditions.Where(c => conditions.All(o => o.Type != c.Type)) ?? []];
        return new()
        {
            Conditions = conditions,
            Stage = Stages.OfIncident(all),
            NextStep = Bounded(NextStep(view, step, Find(conditions, ConditionTypes.Escalated))),
            Parent = ParentOf(incident, step),
            Level = LevelOf(step, shown),
            LevelReason = Bounded(LevelReason(step, shown)),
            Remediations = [.. view.Remediations.TakeLast(32)],
            Timeline = IncidentTimeline.Of(view, conditions),
            Clocks = Clocks(view, conditions),
        };
    }

    /// <summary>The part of a status that the planning controller owns, in the order in which <see cref="ToStatus"/> writes it.</summary>
    public static IncidentStatus OwnPart(IncidentStatus status) => new()
    {
        Conditions = [.. status.Conditions.Where(static c => Owned.Contains(c.Type)).OrderBy(static c => Owned.IndexOf(c.Type))],
        Stage = status.Stage,
        NextStep = status.NextStep,
        Parent = status.Parent,
        Level = status.Level,
        LevelReason = status.LevelReason,
        Remediations = status.Remediations,
        Timeline = IncidentTimeline.Own(status),
        Clocks = status.Clocks is not { } clocks ? null : new()
        {
            PlannedAt = clocks.PlannedAt,
            ExecutedAt = clocks.ExecutedAt,
            EscalatedAt = clocks.EscalatedAt,
            ResolvedAt = clocks.ResolvedAt,
        },
    };

    private static ImmutableArray<Condition> Conditions(Incident incident, RemediationRequest? shown, IncidentStep step, DateTimeOffset now)
    {
        ConditionList list = new(incident.Status?.Conditions ?? [], incident.Metadata.Generation, now);
        foreach (string type in Owned.Take(3))
        {
            Mirror(list, shown, type, step is IncidentStep.Escalate ? "humans took over, and no remediation was planned" : "no remediation yet");
        }

        (ConditionStatus escalated, string reason, string message) = Escalation(step, shown, now);
        list.Set(ConditionTypes.Escalated, escalated, reason, message);
        if (step is IncidentStep.Attach { Parent: var parent })
        {
            list.Set(ConditionTypes.Attached, ConditionStatus.True, Reasons.SameCause, $"{parent.Why}: incident {parent.Incident.Metadata.Name} deals with it");
        }
        else if (step is IncidentStep.Resolve)
        {
            list.Keep(ConditionTypes.Attached);
        }

        return (step is IncidentStep.Resolve over
            ? list.Set(ConditionTypes.Resolved, ConditionStatus.True, over.Reason, over.Message)
            : list.Set(ConditionTypes.Resolved, ConditionStatus.False, Reasons.StillFiring, "the trouble is not over")).ToImmutable();
    }

    private static void Mirror(ConditionList list, RemediationRequest? shown, string type, string without)
    {
        if (Find(shown?.Status?.Conditions ?? [], type) is { } condition)
        {
            list.Set(type, condition.Status, condition.Reason, IsBeingVerified(condition) ? $"{shown!.Metadata.Name} shows how far its verification is" : condition.Message);
        }
        else
        {
            list.Set(type, ConditionStatus.Unknown, shown is null ? Reasons.NoRemediation : Reasons.Planned, shown is null ? without : "planned");
        }
    }

    private static (ConditionStatus Status, string Reason, string Message) Escalation(IncidentStep step, RemediationRequest? shown, DateTimeOffset now)
    {
        if (step is IncidentStep.Escalate escalate)
        {
            return (ConditionStatus.True, escalate.Reason, Joined(escalate));
        }

        if (step is IncidentStep.Follow && HeldUp(shown!) is { } heldUp)
        {
            return (ConditionStatus.True, heldUp.Reason, heldUp.Message);
        }

        GateVerdict? obstacle = step is IncidentStep.Follow ? ObstacleOf(shown!) : null;
        if (obstacle is null or { Reason: GateReasons.VerifierAsked } || (Progress.HasBegun(shown!) ? QuietHalfway : Quiet).Contains(obstacle.Name))
        {
            return (ConditionStatus.False, Reasons.NotEscalated, "humans need not take over");
        }

        string again = obstacle.NextEligibleTime is { } next ? $"; it may open at {next:yyyy-MM-dd HH:mm:ss}Z" : "";
        string closed = $"gate {obstacle.Name} of {shown!.Metadata.Name} is closed: {obstacle.Message}{again}";
        return ShortWait.Until(shown, now) is { } end
            ? (ConditionStatus.False, Reasons.WaitsShortly, $"{closed}; humans are called if it still waits at {end:yyyy-MM-dd HH:mm:ss}Z")
            : (ConditionStatus.True, Reasons.GateClosed, closed);
    }

    // By something that only humans can end, and that is no gate.
    private static (string Reason, string Message)? HeldUp(RemediationRequest request) =>
        RefusedStatus.WhyOf(request) is { } refusal ? (Reasons.StatusRefused, $"{request.Metadata.Name} can't go on: {refusal}")
        : QuestionOf(request) is { } question ? (Reasons.RemediationInconclusive, $"{request.Metadata.Name} waits for an answer: {question}")
        : null;

    private static string? QuestionOf(RemediationRequest request) =>
        Find(request.Status?.Conditions ?? [], ConditionTypes.Stalled) is { Status: ConditionStatus.True, Reason: Reasons.AnswerNeeded } asked ? asked.Message : null;

    // Once a change is made, gates that closed because of it are not in its way; the request says itself when it is held up.
    private static GateVerdict? ObstacleOf(RemediationRequest request) =>
        !Progress.HasBegun(request) || Find(request.Status?.Conditions ?? [], ConditionTypes.Stalled) is { Status: ConditionStatus.True }
            ? GateChain.FirstObstacle(request.Status?.Gates ?? [])
            : null;

    private static string Joined(IncidentStep.Escalate escalate) =>
        escalate.Considered.IsEmpty ? escalate.Message : $"{escalate.Message} (considered: {string.Join("; ", escalate.Considered)})";

    private static string NextStep(IncidentView view, IncidentStep step, Condition? escalated) => step switch
    {
        IncidentStep.Resolve => "Nothing to do: it is over.",
        IncidentStep.Escalate escalate => NextStepText.HandedOver(view.Incident, escalate.Message, SignalAbsence.OverAt(view)),
        IncidentStep.Follow { Request: var request } when QuestionOf(request) is not null => $"{request.Metadata.Name}: {request.Status!.NextStep}",
        IncidentStep.Follow { Request: var request } when escalated is { Status: ConditionStatus.True } => NextStepText.HandedOver(
            view.Incident, $"{escalated.Message}; see kubectl describe remreq {request.Metadata.Name} -n {request.Metadata.Namespace}"),
        IncidentStep.Follow { Request: var request } when IsBeingVerified(request) => $"{request.Metadata.Name}: Verifies whether it helped.",
        IncidentStep.Follow { Request: { Status.Outcome: RemediationOutcome.Succeeded } helped } => NextStepText.Mended(view.Incident, helped),
        IncidentStep.Follow { Request: var request } => $"{request.Metadata.Name}: {request.Status?.NextStep ?? "its gates are being judged."}",
        IncidentStep.Attach { Parent: var parent } => NextStepText.Attached(parent),
        IncidentStep.AwaitDiagnosis => "The cause is being looked for.",
        _ => view.Incident.Status?.NextStep ?? "A remediation is being planned.",
    };

    // Each look has other words; they are on the request, so that the incident is not written for each.
    private static bool IsBeingVerified(Condition verified) =>
        verified is { Type: ConditionTypes.Verified, Status: ConditionStatus.Unknown, Reason: VerificationReasons.Verifying };

    private static bool IsBeingVerified(RemediationRequest request) =>
        Find(request.Status?.Conditions ?? [], ConditionTypes.Verified) is { } verified && IsBeingVerified(verified)
        && Find(request.Status!.Conditions, ConditionTypes.Stalled) is null;

    private static RemediationLevel? LevelOf(IncidentStep step, RemediationRequest? shown) => step switch
    {
        IncidentStep.Escalate => RemediationLevel.L3,
        _ => shown?.Spec.Level,
    };

    // What is over still tells whose cause it was.
    private static ParentReference? ParentOf(Incident incident, IncidentStep step) => step switch
    {
        IncidentStep.Attach { Parent.Incident.Metadata: var parent } => new()
        {
            Namespace = parent.Namespace == incident.Metadata.Namespace ? null : parent.Namespace, Name = parent.Name, Uid = parent.Uid ?? "",
        },
        IncidentStep.Resolve => incident.Status?.Parent,
        _ => null,
    };

    private static string? LevelReason(IncidentStep step, RemediationRequest? shown) => step switch
    {
        IncidentStep.Escalate escalate => escalate.Message,
        _ => shown is null ? null : string.Join("; ", shown.Spec.LevelReasons),
    };

    private static IncidentClocks Clocks(IncidentView view, ImmutableArray<Condition> conditions) => new()
    {
        PlannedAt = PlannedAt(view),
        ExecutedAt = view.Requests.SelectMany(static r => r.Status?.Steps ?? []).Where(static s => s.State == StepState.Applied).Select(static s => s.AppliedAt).Max(),
        EscalatedAt = view.Incident.Status?.Clocks?.EscalatedAt ?? Since(conditions, ConditionTypes.Escalated),
        ResolvedAt = Since(conditions, ConditionTypes.Resolved),
    };

    // The API server stores whole seconds: a plan made within the second of its diagnosis would seem to come before it.
    private static DateTimeOffset? PlannedAt(IncidentView view)
    {
        DateTimeOffset? created = view.Requests.Select(static r => r.Metadata.CreationTimestamp).Min();
        DateTimeOffset? diagnosed = view.Incident.Status?.Clocks?.DiagnosedAt;
        return created < diagnosed ? diagnosed : created;
    }

    private static DateTimeOffset? Since(ImmutableArray<Condition> conditions, string type) =>
        Find(conditions, type) is { Status: ConditionStatus.True } condition ? condition.LastTransitionTime : null;

    private static Condition? Find(ImmutableArray<Condition> conditions, string type) => conditions.FirstOrDefault(c => c.Type == type);

    private static string? Bounded(string? text) => text is null ? null : BoundedText.Shorten(text, 1024);
}
