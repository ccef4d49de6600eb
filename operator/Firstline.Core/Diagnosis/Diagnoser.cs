using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis.Changes;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>Diagnoses by rules: what may be the cause, how likely, and what speaks for it. Pure and deterministic.</summary>
public static class Diagnoser
{
    /// <summary>Most hypotheses of a report.</summary>
    public const int MaxHypotheses = 8;

    private const int MaxChanges = 8;
    private const int MaxStatement = 1024;

    /// <summary>Diagnoses. Each hypothesis cites at least one item of the report's evidence; one that can't is dropped.</summary>
    public static DiagnosisReport Diagnose(DiagnosisInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DiagnosisCase @case = DiagnosisCase.Of(input);
        ImmutableArray<(HypothesisDraft Draft, IHypothesisRule Rule)> drafts = Drafted(@case);
        ImmutableArray<(HypothesisDraft Draft, IHypothesisRule Rule)> ranked = [.. drafts.Where(static d => !IsRuledOut(d.Draft)).Take(MaxHypotheses)];
        ImmutableArray<HypothesisDraft> doubtful = [.. drafts.Select(static d => d.Draft).Where(IsRuledOut).ExceptBy(ranked.Select(static r => r.Draft.Cause), static d => d.Cause)];
        ImmutableArray<Hypothesis> hypotheses = [.. ranked.Select((r, at) => Of(r.Draft, r.Rule, at, input.Redaction))];
        ImmutableArray<ChangeRecord> changes = [.. @case.Scored.Take(MaxChanges).Select((c, at) => ChangeFinder.ToRecord(c, at + 1, @case.Situation, input.Redaction))];
        (Severity severity, string reason) = SeverityEstimate.Of(@case);
        return new()
        {
            Category = CategoryOf(@case, ranked),
            SuggestedSeverity = severity,
            SeverityReason = BoundedText.Of(reason, MaxStatement),
            Evidence = @case.Evidence.Items,
            LastEvidenceNumber = @case.Evidence.LastNumber,
            Hypotheses = hypotheses,
            Changes = changes,
            Triage = TriagePage.Of(@case, hypotheses, doubtful, changes),
        };
    }

    // OrderBy is stable: equal confidence keeps the order of the catalogue. Of two drafts with one cause and object the likelier stays.
    private static ImmutableArray<(HypothesisDraft Draft, IHypothesisRule Rule)> Drafted(DiagnosisCase @case) =>
    [
        .. RuleCatalogue.All
            .SelectMany(rule => rule.Judge(@case).Select(draft => (Draft: History.Weighed(Opposed(draft, @case), @case), Rule: rule)))
            .Where(static d => !d.Draft.For.IsEmpty)
            .OrderByDescending(static d => d.Draft.Confidence)
            .DistinctBy(static d => (d.Draft.Cause, d.Draft.Resource.Kind, d.Draft.Resource.Name)),
    ];

    // One item speaks for it or against it.
    private static HypothesisDraft Opposed(HypothesisDraft draft, DiagnosisCase @case)
    {
        ImmutableArray<string> against = @case.Evidence.Cite(draft.Objections.SelectMany(static o => o.Topics));
        return draft with { Against = against, For = [.. draft.For.Except(against)] };
    }

    private static bool IsRuledOut(HypothesisDraft draft) => draft is { Objections.IsEmpty: false, Confidence: < Confidence.Doubtful };

    private static Hypothesis Of(HypothesisDraft draft, IHypothesisRule rule, int at, EvidenceRedaction redaction) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"H{at + 1}"),
        Cause = draft.Cause,
        Statement = redaction.Of(draft.Statement, MaxStatement).Text,
        ConfidencePercent = draft.Confidence,
        Resource = draft.Resource,
        DueTo = draft.DueTo,
        EvidenceFor = draft.For,
        EvidenceAgainst = draft.Against,
        Prediction = rule.Expects(draft.Cause).Prediction,
        Refutation = rule.Expects(draft.Cause).Refutation,
        NextStep = BoundedText.Of(draft.NextStep, MaxStatement),
        Origin = $"rule/{rule.Name}",
    };

    // A pod on its own has nobody who replaces it: what it takes with it when it is not ready is the Service that leads to it alone.
    private static bool IsOutageOfService(DiagnosisCase @case) =>
        @case.Situation is { Subject.Kind: "Pod", Pods: [{ Phase: "Running" } pod] }
        && @case.Situation.Around.Services.Any(s => s.Selects(pod.Labels) && @case.Situation.Around.ReadyEndpoints(s) == 0);

    // What a Job runs is the Job's business, whatever went wrong inside it.
    private static string CategoryOf(DiagnosisCase @case, ImmutableArray<(HypothesisDraft Draft, IHypothesisRule Rule)> ranked) =>
        @case.Situation.IsBatch ? Causes.CategoryOf(Causes.JobFailed)
        : IsOutageOfService(@case) ? Causes.CategoryOf(Causes.ServiceNoEndpoints)
        : ranked is [var (best, _), ..] ? best.Category ?? Causes.CategoryOf(best.Cause)
        : @case.Input.Signals.FirstOrDefault(static s => s is { State: SignalState.Firing, Category: not null })?.Category ?? Causes.UnknownCategory;
}
