using System.Collections.Immutable;
using System.Globalization;

namespace Firstline.Cli.Evaluation;

/// <summary>How well the confidence of the likeliest hypotheses matches how often they are right.</summary>
/// <param name="Error">Expected calibration error, in [0, 1]: over ten bins of confidence, the distance between mean confidence and share of right ones, weighted by the bin's cases.</param>
/// <param name="Cases">Cases with a hypothesis.</param>
internal sealed record Calibration(double Error, int Cases)
{
    private const int Bins = 10;

    /// <summary>The calibration, as a line of text.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"calibration error of the likeliest hypothesis (ECE, {Bins} bins): {Error:0.000} over {Counted(Cases)}");

    /// <summary>Of the cases that are incidents; null when none has a hypothesis.</summary>
    public static Calibration? Of(ImmutableArray<CaseScore> scores)
    {
        ImmutableArray<(double Confidence, double Right)> judged = [.. scores.Where(static s => s is { IsIncident: true, Confidence: not null }).Select(static s => (s.Confidence!.Value, s.CauseFirst))];
        return judged.IsEmpty ? null : new(
            judged.GroupBy(static j => Math.Min(Bins - 1, (int)(j.Confidence * Bins)))
                .Sum(bin => Math.Abs(bin.Average(static j => j.Confidence) - bin.Average(static j => j.Right)) * bin.Count() / judged.Length),
            judged.Length);
    }

    private static string Counted(int cases) => Core.Facts.Counted.Of(cases, "case");
}
