using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Lifecycle;

/// <summary>What to do next with a RemediationRequest: one thing at a time, each reported before the next.</summary>
public abstract record NextStep
{
    private NextStep()
    {
    }

    /// <summary>Nothing: it has ended.</summary>
    public sealed record Settled : NextStep;

    /// <summary>Wait: a gate is closed.</summary>
    /// <param name="Obstacle">The first closed gate.</param>
    /// <param name="Until">When to judge again although nothing changes; null when only a change can open it.</param>
    public sealed record Wait(GateVerdict Obstacle, DateTimeOffset? Until) : NextStep;

    /// <summary>Write into the status that this step is about to be sent. Nothing is sent before that is stored.</summary>
    /// <param name="Step">The step.</param>
    /// <param name="Direction">The change, or what undoes it.</param>
    public sealed record RecordIntent(PlannedStep Step, PlanDirection Direction) : NextStep;

    /// <summary>Send the step. The executor looks first whether it was sent before a crash.</summary>
    /// <param name="Step">The step.</param>
    /// <param name="Direction">The change, or what undoes it.</param>
    public sealed record Execute(PlannedStep Step, PlanDirection Direction) : NextStep;

    /// <summary>Only look whether an intended step was sent before a crash; it is not to be sent now.</summary>
    /// <param name="Step">The step.</param>
    /// <param name="Obstacle">The gate that has closed since; null when the request is being deleted or the step's time is over.</param>
    /// <param name="GiveUp">Why it is not to be sent any more, in one CamelCase word: what was not done by now is not done. Null when it may go on later.</param>
    public sealed record Recognise(PlannedStep Step, GateVerdict? Obstacle, string? GiveUp = null) : NextStep;

    /// <summary>Record a look of the verification that decides nothing yet.</summary>
    /// <param name="Look">The look.</param>
    public sealed record Verify(Verification.VerificationLook Look) : NextStep;

    /// <summary>Record a look that does not decide yet whether the target is as it was before, after its changes were undone.</summary>
    /// <param name="Look">The look.</param>
    public sealed record VerifyRollback(Verification.VerificationLook Look) : NextStep;

    /// <summary>Wait for a human: verification can't tell whether it helped.</summary>
    /// <param name="Question">What is not known, in one sentence.</param>
    /// <param name="Until">When it ends without an answer.</param>
    public sealed record Ask(string Question, DateTimeOffset Until) : NextStep;

    /// <summary>End it.</summary>
    /// <param name="Outcome">How.</param>
    /// <param name="Reason">Why, in one CamelCase word.</param>
    /// <param name="Message">Why, in one sentence.</param>
    public sealed record Conclude(RemediationOutcome Outcome, string Reason, string Message) : NextStep;
}
