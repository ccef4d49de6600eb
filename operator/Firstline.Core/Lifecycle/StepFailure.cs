using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Lifecycle;

/// <summary>Reads what follows from the failure of a step.</summary>
internal static class StepFailure
{
    /// <summary>What its runbook says.</summary>
    public static StepFailureAction ActionOf(RemediationRequest request, StepRecord failed) =>
        request.Spec.Plan.Steps.FirstOrDefault(s => s.Name == failed.Name)?.OnFailure
        ?? (request.Spec.OnFailure == FailureAction.Escalate ? StepFailureAction.Escalate : StepFailureAction.RollBack);

    /// <summary>The failure that ends the request: of an inverse, or of a step that is to be answered by a rollback or by humans. Null when there is none.</summary>
    public static StepRecord? Ending(RemediationRequest request, RemediationRequestStatus status) => status.Steps.FirstOrDefault(s =>
        s.State == StepState.Failed && (s.AppliedAt is not null || ActionOf(request, s) is StepFailureAction.RollBack or StepFailureAction.Escalate));

    /// <summary>The steps that failed and after which the request goes on, or verifies what was done before them.</summary>
    public static ImmutableArray<StepRecord> PassedOver(RemediationRequest request, RemediationRequestStatus status) =>
        [.. status.Steps.Where(s => s is { State: StepState.Failed, AppliedAt: null } && ActionOf(request, s) is StepFailureAction.Continue or StepFailureAction.Stop)];

    /// <summary>The next step to carry out; null when there is none, or a failure leaves out the rest.</summary>
    public static PlannedStep? Next(RemediationRequest request, RemediationRequestStatus status)
    {
        ImmutableArray<StepRecord> passedOver = PassedOver(request, status);
        return passedOver.Any(s => ActionOf(request, s) == StepFailureAction.Stop)
            ? null
            : request.Spec.Plan.Steps.FirstOrDefault(s => RemediationLifecycle.RecordOf(status, s)?.State != StepState.Applied && passedOver.All(p => p.Name != s.Name));
    }

    /// <summary>The failures that were passed over, as the end of a sentence; empty when there are none.</summary>
    public static string Text(RemediationRequest request, RemediationRequestStatus status) =>
        string.Concat(PassedOver(request, status).Select(static s => $"; step {s.Name} failed: {s.Message}"));
}
