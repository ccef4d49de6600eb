using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Gates;
using Firstline.Core.Planning;

namespace Firstline.Core.Lifecycle;

/// <summary>Turns a decision and its outcome into the status of a RemediationRequest.</summary>
public static class RemediationReport
{
    /// <summary>The whole status; what is not known anew stays as it was.</summary>
    /// <param name="view">What was decided on.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="outcome">What came of it; <see cref="StepOutcome.None"/> when nothing was sent.</param>
    /// <param name="now">The time of the report.</param>
    public static RemediationRequestStatus ToStatus(GateInput view, RemediationDecision decision, StepOutcome outcome, DateTimeOffset now)
    {
        RemediationRequestStatus before = view.Request.Status ?? new();
        RemediationRequestStatus after = before with
        {
            Gates = decision.Verdicts.IsEmpty ? before.Gates : GateRecord.NotOpen(decision.Verdicts),
            OpenGates = decision.Verdicts.IsEmpty ? before.OpenGates : GateRecord.OpenAfter(before.OpenGates, decision.Verdicts),
            Steps = StepsAfter(before, decision.Step, outcome, now),
            Approvals = ApprovalLog.After(view, now),
            Approver = ApprovalLog.SeenAfter(view),
            ApprovalIdentity = ApprovalLog.IdentityAfter(view),
            UnverifiedAnswer = HumanAnswers.UncheckedAfter(view),
            Preview = (outcome as StepOutcome.Previewed)?.Preview ?? before.Preview,
            Verification = HumanAnswers.Noted(decision.Decisive?.Record, view) ?? VerificationAfter(view, before, decision.Step, outcome, now),
            Rollback = RollbackAfter(before, decision),
            Outcome = decision.Step is NextStep.Conclude end ? end.Outcome : before.Outcome,
        };
        ImmutableArray<Condition> conditions = RequestConditions.Of(view.Request, after, decision, now);
        return after with
        {
            Gate = GateChain.FirstObstacle(after.Gates)?.Name,
            Approval = BoundedText.Shorten(ApprovalText(view, after), 253),
            Conditions = conditions,
            Stage = Stages.OfRequest(conditions),
            NextStep = BoundedText.Shorten(TextOf(view, after, decision.Step), 1024),
        };
    }

    private static ImmutableArray<StepRecord> StepsAfter(RemediationRequestStatus before, NextStep step, StepOutcome outcome, DateTimeOffset now) => (step, outcome) switch
    {
        (NextStep.RecordIntent { Direction: PlanDirection.Forward } intent, _) =>
            With(before, new() { Name = intent.Step.Name, State = StepState.Intended, IntendedAt = now, Message = intent.Step.Summary }),
        (NextStep.RecordIntent intent, _) => With(before, RecordOf(before, intent.Step) with { State = StepState.RollingBack, IntendedAt = now, Message = $"undoing: {intent.Step.Summary}" }),
        (NextStep.Recognise { GiveUp: Reasons.StepTimedOut } late, StepOutcome.NotApplied) =>
            With(before, Failed(RecordOf(before, late.Step), Reasons.StepTimedOut, $"nothing of it was done within {late.Step.Timeout}", now)),
        (NextStep.Recognise { GiveUp: { } reason } end, StepOutcome.Waiting partly) => With(before, Failed(Begun(RecordOf(before, end.Step), now), reason, partly.Message, now)),
        (NextStep.Recognise recognise, StepOutcome.NotApplied) => before.Steps.RemoveAll(s => s.Name == recognise.Step.Name),
        (NextStep.Recognise recognise, _) => With(before, Forward(RecordOf(before, recognise.Step), outcome, now)),
        (NextStep.Execute { Direction: PlanDirection.Forward } execute, _) => With(before, Forward(RecordOf(before, execute.Step), outcome, now)),
        (NextStep.Execute execute, _) => With(before, Inverse(RecordOf(before, execute.Step), outcome, now)),
        _ => before.Steps,
    };

    private static StepRecord Forward(StepRecord record, StepOutcome outcome, DateTimeOffset now) => outcome switch
    {
        StepOutcome.Waiting { IsUntouched: true } waiting => record with { Message = waiting.Message },
        StepOutcome.Waiting waiting => Begun(record, now) with { Message = waiting.Message },
        StepOutcome.Applied applied => record with
        {
            State = StepState.Applied,
            AppliedAt = now,
            Generation = applied.Generation,
            ContentHash = applied.ContentHash,
            Message = applied.Message,
            Output = applied.Output,
        },
        _ => Failed(record, outcome, now),
    };

    private static StepRecord Inverse(StepRecord record, StepOutcome outcome, DateTimeOffset now) => outcome switch
    {
        StepOutcome.Waiting waiting => record with { Message = waiting.Message },
        StepOutcome.Applied applied => record with
        {
            State = StepState.RolledBack,
            RolledBackAt = now,
            Generation = applied.Generation,
            ContentHash = applied.ContentHash,
            Message = applied.Message,
        },
        _ => Failed(record, outcome, now),
    };

    private static StepRecord Failed(StepRecord record, StepOutcome outcome, DateTimeOffset now) => outcome switch
    {
        StepOutcome.Drifted drifted => Failed(record, Reasons.StepDrifted, drifted.Message, now),
        StepOutcome.Failed failed => Failed(Begun(record, now), failed.Reason, failed.Message, now) with { Output = failed.Output },
        StepOutcome.Refused refused => Failed(record, Reasons.StepRefused, refused.Message, now),
        _ => record,
    };

    private static StepRecord Failed(StepRecord record, string reason, string message, DateTimeOffset now) =>
        record with { State = StepState.Failed, Reason = reason, Message = message, FailedAt = now };

    private static StepRecord Begun(StepRecord record, DateTimeOffset now) => record with { StartedAt = record.StartedAt ?? now };

    private static ImmutableArray<StepRecord> With(RemediationRequestStatus before, StepRecord outcome)
    {
        StepRecord record = outcome with { Message = outcome.Message is { } message ? BoundedText.Of(message, 1024) : null };
        int at = before.Steps.IndexOf(before.Steps.FirstOrDefault(s => s.Name == record.Name)!);
        return at < 0 ? before.Steps.Add(record) : before.Steps.SetItem(at, record);
    }

    private static StepRecord RecordOf(RemediationRequestStatus status, PlannedStep step) =>
        status.Steps.FirstOrDefault(s => s.Name == step.Name) ?? new() { Name = step.Name };

    private static VerificationRecord? VerificationAfter(
        GateInput view, RemediationRequestStatus before, NextStep step, StepOutcome outcome, DateTimeOffset now) => step switch
    {
        NextStep.Recognise when outcome is StepOutcome.NotApplied && !Progress.HasBegun(view.Request) => null,   // it began with an intent that came to nothing
        NextStep.Verify verify => verify.Look.Record,
        NextStep.RecordIntent { Direction: PlanDirection.Forward } when before.Verification is null => new()
        {
            StartedAt = now,
            ReadyPodsBefore = view.Situation is { } situation ? PlannedTarget.Of(view.Request.Spec.Plan.Target, situation).ReadyPods : null,
        },
        _ => HumanAnswers.Noted(before.Verification, view),
    };

    private static VerificationRecord? RollbackAfter(RemediationRequestStatus before, RemediationDecision decision) =>
        (decision.DecisiveRollback ?? (decision.Step as NextStep.VerifyRollback)?.Look)?.Record ?? before.Rollback;

    private static string ApprovalText(GateInput view, RemediationRequestStatus after)
    {
        GateVerdict? verdict = after.Gates.FirstOrDefault(static v => v.Name == ApprovalGate.GateName);   // none: it is open
        ApprovalRecord[] given = [.. ApprovalLog.LastWords(after.Approvals).Where(a => a.Decision == ApprovalDecision.Approved && a.PlanHash == view.Request.Spec.PlanHash)];
        if (given.Length > 0 && (ApprovalLog.AreKept(view) || verdict is null))
        {
            return $"by {string.Join(", ", given.Select(static a => a.Identity == ApprovalIdentity.Verified ? a.User : $"{a.User} (unverified)"))}";
        }

        if (after.Outcome == RemediationOutcome.Rejected)
        {
            return "rejected";
        }

        return verdict switch
        {
            { Reason: GateReasons.ApprovalRequired, Limit: { } limit } when given.Length > 0 =>   // with this reason all that were given count
                string.Create(CultureInfo.InvariantCulture, $"{given.Length} of {limit}: {string.Join(", ", given.Select(static a => a.User))}"),
            { Decision: not GateDecision.Open } closed => closed.Reason == GateReasons.ApprovalRequired ? "needed" : closed.Reason,
            _ => view.Request.Spec.Level == RemediationLevel.L1 ? "not needed" : "needed",
        };
    }

    private static string TextOf(GateInput view, RemediationRequestStatus after, NextStep step) => step switch
    {
        NextStep.Wait wait => NextStepText.Waiting(view.Request, wait.Obstacle, after.Preview),
        NextStep.Ask ask => $"Waits for a human until {ask.Until:yyyy-MM-dd HH:mm:ss}Z: {BoundedText.Shorten(ask.Question, 256)}. {HumanAnswers.HowTo(view)}",
        NextStep.Conclude { Outcome: RemediationOutcome.Succeeded } when StepFailure.Text(view.Request, after) is { Length: > 0 } passedOver => $"It helped; look at what was not done{passedOver}.",
        NextStep.Conclude end => NextStepText.Ended(end.Outcome, end.Message),
        NextStep.Verify verify when verify.Look.LookAgainAt is { } again =>
            string.Create(CultureInfo.InvariantCulture, $"Verifies: {verify.Look.Message}; judged again at {again:HH:mm:ss}Z at the latest."),
        NextStep.RecordIntent { Direction: PlanDirection.Forward } intent => $"Carries out step {intent.Step.Name}: {intent.Step.Summary}.",
        NextStep.RecordIntent intent => $"Undoes step {intent.Step.Name}: {intent.Step.Summary}.",
        NextStep.Execute or NextStep.Recognise when after.Steps.FirstOrDefault(static s => s.State == StepState.Intended) is { } partly => $"Goes on with step {partly.Name}: {partly.Message}.",
        NextStep.Execute { Direction: PlanDirection.Forward } or NextStep.Recognise => "Verifies whether it helped.",
        NextStep.VerifyRollback { Look: { LookAgainAt: { } again } look } =>
            string.Create(CultureInfo.InvariantCulture, $"Undone; verifies that the target is as before: {look.Message}; judged again at {again:HH:mm:ss}Z at the latest."),
        NextStep.Execute => "Verifies that the target is as before.",
        _ => after.NextStep ?? "",
    };
}
