using System.Collections.Immutable;
using System.Globalization;

namespace Firstline.Cli.Evaluation;

/// <summary>What scores must reach; what is null is not held. Shares are in percent of the incidents; cause and object are those of the likeliest hypothesis.</summary>
internal sealed record ScoreBars
{
    public double? Recall { get; init; }

    public double? Object { get; init; }

    public double? Category { get; init; }

    public double? Cause { get; init; }

    /// <summary>Most healthy cases in which something may be reported.</summary>
    public int? FalsePositives { get; init; }

    /// <summary>One sentence for each bar that is missed. Where there is no incident, no share is reached: nothing was shown.</summary>
    public ImmutableArray<string> Missed(ImmutableArray<CaseScore> scores)
    {
        ImmutableArray<CaseScore> incidents = [.. scores.Where(static s => s.IsIncident)];
        int wrong = scores.Count(static s => !s.IsIncident && s.Incidents > 0);
        string? tooMany = wrong > FalsePositives
            ? string.Create(CultureInfo.InvariantCulture, $"healthy cases with a false positive are {wrong}, above {FalsePositives}") : null;
        return
        [
            .. new[]
            {
                Below("recall", Recall, incidents, static s => s.Detected ? 1 : 0),
                Below("object@1", Object, incidents, static s => s.ObjectFirst ? 1 : 0),
                Below("category", Category, incidents, static s => s.Category ? 1 : 0),
                Below("cause@1", Cause, incidents, static s => s.CauseFirst),
                tooMany,
            }.OfType<string>(),
        ];
    }

    private static string? Below(string name, double? bar, ImmutableArray<CaseScore> incidents, Func<CaseScore, double> value)
    {
        double reached = incidents.IsEmpty ? 0 : 100 * incidents.Average(value);
        return reached < bar ? string.Create(CultureInfo.InvariantCulture, $"{name} is {reached:0.0} %, below {bar:0.0} %") : null;
    }
}
