using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Gates;
using Firstline.Core.Verification;

namespace Firstline.Core.Lifecycle;

/// <summary>Asks a human when verification can't tell whether a change helped, and reads the answer. Nothing is taken for success, and nothing is undone, before that.</summary>
public static class HumanAnswers
{
    /// <summary>How long a request waits for its answer. It holds the lock on its target until then, and ends as Inconclusive afterwards.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromHours(4);

    /// <summary>The answer that counts: of whom an approval would count too. Null when there is none.</summary>
    private static HumanAnswer? Of(GateInput view) =>
        IsChecked(view) || view.Policy?.Approvals.AllowUnverified == true ? Read(view.Request) : null;

    // One that stood there unchecked is taken away before the same word counts.
    private static bool IsChecked(GateInput view) => ApprovalLog.IsChecked(view) && Read(view.Request) != view.Request.Status!.UnverifiedAnswer;

    /// <summary>What <c>status.unverifiedAnswer</c> becomes: unchanged while it can't be told who vouches for answers.</summary>
    internal static HumanAnswer? UncheckedAfter(GateInput view) => view.Identity is null ? view.Request.Status?.UnverifiedAnswer : IsChecked(view) ? null : Read(view.Request);

    // Null when nobody has answered, or not in one of the words.
    private static HumanAnswer? Read(RemediationRequest request) => WordOf(request) switch
    {
        "helped" => HumanAnswer.Helped,
        "undo" => HumanAnswer.Undo,
        "keep" => HumanAnswer.Keep,
        _ => null,
    };

    /// <summary>The record with the answer, once there is one. The first stays, whatever becomes of the annotation.</summary>
    internal static VerificationRecord? Noted(VerificationRecord? record, GateInput view) =>
        record is { Result: VerificationResult.Inconclusive, Answer: null } ? record with { Answer = Of(view) } : record;

    /// <summary>What to type.</summary>
    internal static string HowTo(GateInput view)
    {
        RemediationRequest request = view.Request;
        string unheard = WordOf(request) is not { Length: > 0 } word || Of(view) is not null ? ""
            : Read(request) is null ? $"The answer \"{BoundedText.Of(word, 32)}\" is none of these. "
            : $"The answer \"{word}\" does not count: nothing makes sure who gave it. Take it away ({AnnotationNames.Answer}-), then {(view.Identity == ApprovalIdentity.Verified ? "give it anew: it may be older than the admission policy" : "install the admission policy or set approvals.allowUnverified")}. ";
        return $"{unheard}Look at the target, then answer: kubectl annotate remreq {request.Metadata.Name} -n {request.Metadata.Namespace} --overwrite {AnnotationNames.Answer}=helped (it helped), =undo (take the change back) or =keep (leave it; humans go on).";
    }

    internal static RemediationDecision Decide(GateInput view, RemediationRequestStatus status, string seen, DateTimeOffset now)
    {
        DateTimeOffset until = (Verifier.Past(status.Verification!.FinishedAt, now) ?? now) + Limit;
        return (status.Verification.Answer ?? Of(view)) switch
        {
            HumanAnswer.Helped => Ended(RemediationOutcome.Succeeded, Reasons.Succeeded, $"a human says that it helped; verification could not tell: {seen}"),
            HumanAnswer.Undo => TakingBack.Begin(view, status, $"a human wants it undone; verification could not tell whether it helped: {seen}", now),
            HumanAnswer.Keep => Left("a human leaves it as it is"),
            _ when view.Incident is null => Left("its incident is gone"),
            _ when ClosedByHand.WhyOf(view.Incident) is not null => Left("its incident was closed by hand"),
            _ when !FiringSignals.IsFiring(view.Incident) => Left("no signal fires any more"),
            _ when now >= until => Left($"nobody answered within {Limit.TotalHours:0} hours"),
            _ => new(new NextStep.Ask($"it can't be told whether it helped: {seen}", until), []),
        };

        RemediationDecision Left(string why) => Ended(
            RemediationOutcome.Inconclusive, VerificationReasons.Inconclusive, $"it can't be told whether it helped: {seen}; {why}{LeftBehind.Of(view.Request, status)}");
    }

    private static RemediationDecision Ended(RemediationOutcome outcome, string reason, string message) => new(new NextStep.Conclude(outcome, reason, message), []);

    private static string? WordOf(RemediationRequest request) => request.Metadata.Annotations.GetValueOrDefault(AnnotationNames.Answer)?.Trim();
}
