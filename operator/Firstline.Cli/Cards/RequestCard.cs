using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Terminal;
using Firstline.Core.Facts;

namespace Firstline.Cli.Cards;

/// <summary>What an approver needs on one screen: what would change and how it would be undone, whom it may disturb, why it is proposed, what speaks against it, and until when.</summary>
internal static class RequestCard
{
    private const int MaxEvidence = 5;
    private const int MaxText = 200;

    /// <param name="request">The request; it carries the evidence that it rests on, so that the card shows what was known when the plan was made.</param>
    /// <param name="now">For what is left until it expires.</param>
    public static Card Of(RemediationRequest request, DateTimeOffset now)
    {
        RemediationRequestSpec spec = request.Spec;
        RemediationRequestStatus status = request.Status ?? new RemediationRequestStatus();
        return new Card(
            $"Remediation {NamespacedName.Of(request.Metadata)}",
            [
                new("Stage", Stage(status), status.Outcome == RemediationOutcome.Succeeded ? Tone.Good : Tone.Attention),
                new("Incident", $"{spec.Incident.Name}, runbook {spec.Runbook.Namespace}/{spec.Runbook.Name} revision {spec.Runbook.Revision}"),
                new("Level", $"{spec.Level}: {string.Join("; ", spec.LevelReasons)}"),
                .. Decision(request),
                .. Gates(status), .. Steps(status), .. Verification(status.Verification), .. Waiting(request, status, now),
            ]);
    }

    /// <summary>The part of the card that a decision rests on.</summary>
    public static IEnumerable<CardRow> Decision(RemediationRequest request)
    {
        RemediationRequestSpec spec = request.Spec;
        return
        [
            .. Changes(spec.Plan, request.Status?.Preview), .. Unsure(request.Status?.Preview), new("Blast radius", BlastText(spec.Plan.BlastRadius)),
            .. Why(request), .. Against(spec), .. Rollback(spec.Plan),
        ];
    }

    private static string BlastText(BlastRadius radius) => radius.ReadyPods == 0 ? radius.Summary : $"{radius.Summary} may be disrupted at once";

    private static string Stage(RemediationRequestStatus status) =>
        status.Outcome is { } outcome ? outcome.ToString() : status.Stage ?? "new";

    // What the API server said of it is surer than what the plan says of itself.
    private static IEnumerable<CardRow> Changes(RemediationPlan plan, PlanPreview? preview)
    {
        foreach ((int i, PlannedStep step) in plan.Steps.Index())
        {
            yield return new(i == 0 ? "Would change" : "", step.Summary, Tone.Attention);
            foreach (string line in preview is { Changes.IsEmpty: false } ? [] : step.Forward.SelectMany(static m => MutationText.Lines(m)))
            {
                yield return new("", line, Tone.Quiet);
            }
        }

        foreach ((int i, string line) in (preview?.Changes ?? []).Index())
        {
            yield return new(i == 0 ? "Dry run" : "", line, Tone.Quiet);
        }
    }

    private static IEnumerable<CardRow> Unsure(PlanPreview? preview)
    {
        if (preview?.Refusal is { } refusal)
        {
            yield return new("Refused", $"the API server would not carry it out as things are: {refusal}", Tone.Bad);
        }

        if (preview?.NotTried is { } notTried)
        {
            yield return new("Not known", $"not tried: {notTried}", Tone.Attention);
        }
    }

    private static IEnumerable<CardRow> Why(RemediationRequest request)
    {
        Hypothesis hypothesis = request.Spec.Hypothesis;
        yield return new("Why", $"{hypothesis.Cause}, {hypothesis.ConfidencePercent} % (a hypothesis): {hypothesis.Statement}");
        EvidenceItem[] cited = [.. Cited(request.Spec, hypothesis.EvidenceFor)];
        foreach (EvidenceItem evidence in cited.Take(MaxEvidence))
        {
            yield return new("", TextOf(evidence), Tone.Quiet);
        }

        if (cited.Length > MaxEvidence)
        {
            yield return new("", $"and {cited.Length - MaxEvidence} more: kubectl describe remreq {request.Metadata.Name} -n {request.Metadata.Namespace}", Tone.Quiet);
        }
    }

    private static string TextOf(EvidenceItem evidence) => BoundedText.Shorten($"{evidence.Id} {evidence.Source}: {evidence.Excerpt.ReplaceLineEndings(" ")}", MaxText);

    private static IEnumerable<CardRow> Against(RemediationRequestSpec spec)
    {
        string label = "Against";
        foreach (EvidenceItem evidence in Cited(spec, spec.Hypothesis.EvidenceAgainst))
        {
            yield return new(label, TextOf(evidence));
            label = "";
        }

        if (spec.NotFor is { } notFor)
        {
            yield return new("Not for", notFor.ReplaceLineEndings(" ").Trim());
        }
    }

    private static IEnumerable<CardRow> Rollback(RemediationPlan plan)
    {
        string label = "Rollback";
        foreach (PlannedStep step in plan.Steps.Reverse())
        {
            IEnumerable<string> texts = step.Irreversible is { } lost ? [$"not possible for {step.Name}: {lost}"]
                : step.Inverse.SelectMany(static m => MutationText.Lines(m));
            foreach (string text in texts)
            {
                yield return new(label, text, step.Irreversible is null ? Tone.Quiet : Tone.Bad);
                label = "";
            }
        }
    }

    private static IEnumerable<CardRow> Gates(RemediationRequestStatus status) =>
        status.Gates.Where(static g => g.Decision != GateDecision.Open)
            .Select(static (gate, i) => new CardRow(i == 0 ? "Closed gates" : "", $"{gate.Name}: {gate.Message}", Tone.Attention));

    private static IEnumerable<CardRow> Steps(RemediationRequestStatus status) =>
        status.Steps.Select(static (step, i) => new CardRow(i == 0 ? "Steps" : "", $"{step.Name}: {step.State}{(step.Message is null ? "" : ". " + step.Message)}"));

    private static IEnumerable<CardRow> Verification(VerificationRecord? verification)
    {
        if (verification is not null)
        {
            yield return new("Verification", verification.Result.ToString(), verification.Result == VerificationResult.Recovered ? Tone.Good : Tone.Normal);
            foreach (CheckRecord check in verification.Checks)
            {
                yield return new("", $"{(check.Holds ? "holds" : "does not hold")} {check.Name}: {check.Message}", Tone.Quiet);
            }
        }
    }

    private static IEnumerable<CardRow> Waiting(RemediationRequest request, RemediationRequestStatus status, DateTimeOffset now)
    {
        foreach (ApprovalRecord approval in status.Approvals)
        {
            yield return new(approval.Decision.ToString(), $"by {approval.User} ({approval.Identity.ToString().ToLowerInvariant()}) for plan {approval.PlanHash}", Tone.Good);
        }

        if (status.Outcome is null)
        {
            yield return new("Expires", request.Spec.ExpiresAt > now ? $"in {Spans.Text(request.Spec.ExpiresAt - now)}, unless it has begun by then" : "now");
            if (status.NextStep is { Length: > 0 } next)
            {
                yield return new("Next", next, Tone.Attention);
            }
        }
    }

    private static IEnumerable<EvidenceItem> Cited(RemediationRequestSpec spec, IEnumerable<string> ids) => spec.Evidence.Where(e => ids.Contains(e.Id));
}
