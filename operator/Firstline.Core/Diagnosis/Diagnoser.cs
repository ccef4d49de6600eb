using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
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
        ImmutableArray<Hypothesis> hypotheses = Rank(@case);
        (Severity severity, string reason) = SeverityEstimate.Of(@case);
        return new()
        {
            Category = CategoryOf(@case, hypotheses),
            SuggestedSeverity = severity,
            SeverityReason = BoundedText.Of(reason, MaxStatement),
            Evidence = @case.Evidence.Items,
            LastEvidenceNumber = @case.Evidence.LastNumber,
            Hypotheses = hypotheses,
            Changes = [.. @case.Changes.Take(MaxChanges).Select((c, at) => ChangeFinder.ToRecord(c, at + 1, @case.Onset))],
        };
    }

    // OrderBy is stable: equal confidence keeps the order of the catalogue. Of two drafts with one cause and object the likelier stays.
    private static ImmutableArray<Hypothesis> Rank(DiagnosisCase @case) =>
    [
        .. RuleCatalogue.All
            .SelectMany(rule => rule.Judge(@case).Select(draft => (Draft: draft, Rule: rule.Name)))
            .Where(static d => !d.Draft.For.IsEmpty)
            .OrderByDescending(static d => d.Draft.Confidence)
            .DistinctBy(static d => (d.Draft.Cause, d.Draft.Resource.Kind, d.Draft.Resource.Name))
            .Take(MaxHypotheses)
            .Select(static (d, at) => new Hypothesis
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"H{at + 1}"),
                Cause = d.Draft.Cause,
                Statement = BoundedText.Of(d.Draft.Statement, MaxStatement),
                ConfidencePercent = d.Draft.Confidence,
                Resource = d.Draft.Resource,
                EvidenceFor = d.Draft.For,
                EvidenceAgainst = d.Draft.Against,
                NextStep = BoundedText.Of(d.Draft.NextStep, MaxStatement),
                Origin = $"rule/{d.Rule}",
            }),
    ];

    // What a Job runs is the Job's business, whatever went wrong inside it.
    private static string CategoryOf(DiagnosisCase @case, ImmutableArray<Hypothesis> hypotheses) =>
        @case.Situation.IsBatch ? Causes.CategoryOf(Causes.JobFailed)
        : hypotheses is [{ } best, ..] ? Causes.CategoryOf(best.Cause)
        : Causes.UnknownCategory;
}
