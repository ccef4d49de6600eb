using System.Collections.Immutable;
using System.Globalization;

namespace Firstline.Cli.Evaluation;

/// <summary>Sums scores up, per group and over all.</summary>
internal static class ScoreTable
{
    /// <summary>The table, line by line, and below it the cases that are not wholly right.</summary>
    public static ImmutableArray<string> Lines(ImmutableArray<CaseScore> scores) =>
    [
        $"{"group",-20} {"cases",5} {"recall",7} {"object@1",9} {"object@3",9} {"category",9} {"cause@1",8} {"cause@3",8} {"keywords",9} {"incidents",10}",
        .. scores.GroupBy(static s => s.Group).OrderBy(static g => g.Key, StringComparer.Ordinal).Select(g => Row(g.Key, [.. g])),
        Row("all", scores),
        .. Healthy([.. scores.Where(static s => !s.IsIncident)]),
        .. Calibration.Of(scores) is { } calibration ? [calibration.Text] : Array.Empty<string>(),
        string.Create(CultureInfo.InvariantCulture, $"evidence cited: {scores.Sum(static s => s.Cited)}, not found: {scores.Sum(static s => s.Unresolved)}"),
        .. scores.Where(IsWanting).Select(Wanting),
    ];

    private static string Row(string name, ImmutableArray<CaseScore> scores)
    {
        ImmutableArray<CaseScore> incidents = [.. scores.Where(static s => s.IsIncident)];
        return incidents.IsEmpty
            ? string.Create(CultureInfo.InvariantCulture, $"{name,-20} {scores.Length,5} {"healthy: false positives",33} {scores.Sum(static s => s.Incidents),3}")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-20} {incidents.Length,5} {Share(incidents, static s => s.Detected),7} {Share(incidents, static s => s.ObjectFirst),9} {Share(incidents, static s => s.ObjectInThree),9} {Share(incidents, static s => s.Category),9} {Mean(incidents, static s => s.CauseFirst),8} {Mean(incidents, static s => s.CauseInThree),8} {Share(incidents, static s => s.Keywords),9} {incidents.Average(static s => s.Incidents),10:0.00}");
    }

    private static IEnumerable<string> Healthy(ImmutableArray<CaseScore> healthy) => healthy.IsEmpty ? [] :
    [
        string.Create(
            CultureInfo.InvariantCulture, $"healthy cases with a false positive: {healthy.Count(static s => s.Incidents > 0)} of {healthy.Length}"),
    ];

    private static bool IsWanting(CaseScore s) =>
        s.IsIncident ? !(s.Detected && s.ObjectFirst && s.Category && s.CauseFirst == 1 && s.Keywords) : s.Incidents > 0;

    private static string Wanting(CaseScore s)
    {
        ImmutableArray<(bool Is, string Name)> parts =
            [(s.Detected, "recall"), (s.ObjectFirst, "object"), (s.Category, "category"), (s.CauseFirst == 1, "cause"), (s.Keywords, "keywords")];
        string lacks = string.Join(' ', parts.Where(static p => !p.Is).Select(static p => p.Name));
        return s.IsIncident ? $"{s.Case}: {s.RootCause}: lacks {lacks}: {s.Answer}" : $"{s.Case}: false positive: {s.Answer}";
    }

    private static string Share(ImmutableArray<CaseScore> scores, Func<CaseScore, bool> holds) => Mean(scores, s => holds(s) ? 1 : 0);

    private static string Mean(ImmutableArray<CaseScore> scores, Func<CaseScore, double> value) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * scores.Average(value):0.0} %");
}
