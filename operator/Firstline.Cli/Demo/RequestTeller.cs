using Firstline.Api.V1Alpha1;
using Firstline.Cli.Cards;

namespace Firstline.Cli.Demo;

/// <summary>Says what became new on a remediation request between two looks at it. Everything it says stands on the object.</summary>
internal static class RequestTeller
{
    public static IEnumerable<AccountLine> Tell(RemediationRequest? before, RemediationRequest after)
    {
        RemediationRequestStatus old = before?.Status ?? new RemediationRequestStatus();
        RemediationRequestStatus now = after.Status ?? new RemediationRequestStatus();
        string target = after.Spec.Plan.Target.ToString();
        return [.. Proposed(before, after), .. Approved(old, now, target), .. Executed(old, now, target), .. Verified(old, now, target), .. Ended(old, now, target)];
    }

    private static IEnumerable<AccountLine> Proposed(RemediationRequest? before, RemediationRequest after)
    {
        if (before is null)
        {
            string mode = after.Spec.Level == RemediationLevel.L1 ? "runs by itself" : "waits for approval";
            yield return Line($"{after.Spec.Plan.Target}: proposes {after.Spec.Runbook.Name}, {after.Spec.Level} ({mode}): {after.Spec.Plan.Summary}", Tone.Attention);
        }
    }

    private static IEnumerable<AccountLine> Approved(RemediationRequestStatus old, RemediationRequestStatus now, string target) =>
        from approval in now.Approvals.Skip(old.Approvals.Length)
        where approval.Decision == ApprovalDecision.Approved
        select Line($"{target}: approval of {approval.User} recorded ({approval.Identity.ToString().ToLowerInvariant()}) for plan {approval.PlanHash[..Math.Min(12, approval.PlanHash.Length)]}");

    private static IEnumerable<AccountLine> Executed(RemediationRequestStatus old, RemediationRequestStatus now, string target) =>
        from step in now.Steps
        let known = old.Steps.FirstOrDefault(s => s.Name == step.Name)?.State
        where step.State != known && step.State != StepState.Intended
        select Line($"{target}: step {step.Name} {step.State.ToString().ToLowerInvariant()}{(step.Message is null ? "" : ": " + step.Message)}",
            step.State == StepState.Failed ? Tone.Bad : Tone.Normal);

    private static IEnumerable<AccountLine> Verified(RemediationRequestStatus old, RemediationRequestStatus now, string target)
    {
        if (old.Verification?.HealthySince is null && now.Verification is { HealthySince: not null, Result: VerificationResult.Pending })
        {
            yield return Line($"{target}: all checks hold; watching whether it stays so", Tone.Quiet);
        }

        if (now.Verification is { Result: not VerificationResult.Pending } verification && old.Verification?.Result != verification.Result)
        {
            string checks = string.Join("; ", verification.Checks.Select(static c => c.Message.TrimEnd('.')));
            yield return Line($"{target}: verified: {verification.Result}: {checks}", verification.Result == VerificationResult.Recovered ? Tone.Good : Tone.Bad);
        }
    }

    private static IEnumerable<AccountLine> Ended(RemediationRequestStatus old, RemediationRequestStatus now, string target)
    {
        if (old.Outcome is null && now.Outcome is { } outcome && outcome != RemediationOutcome.Succeeded)
        {
            yield return Line($"{target}: the remediation ended: {outcome}. {now.NextStep}", Tone.Bad);
        }
    }

    private static AccountLine Line(string text, Tone tone = Tone.Normal) => new(Speaker.Firstline, text, tone);
}
