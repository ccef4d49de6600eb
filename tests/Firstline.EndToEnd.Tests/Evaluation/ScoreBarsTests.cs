using System.Collections.Immutable;
using Firstline.Cli.Evaluation;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests.Evaluation;

public sealed class ScoreBarsTests
{
    private static readonly CaseScore Right = new()
    {
        Case = "right", Group = "image", RootCause = "ImagePullError", IsIncident = true, Incidents = 1, Detected = true, ObjectFirst = true, Category = true, CauseFirst = 1,
    };

    private static readonly CaseScore Half = Right with { Case = "half", ObjectFirst = false, Category = false, CauseFirst = 0.5 };
    private static readonly CaseScore Missed = Right with { Case = "missed", Incidents = 0, Detected = false, ObjectFirst = false, Category = false, CauseFirst = 0 };
    private static readonly CaseScore Healthy = Right with { Case = "healthy", IsIncident = false, Incidents = 0 };

    public static TheoryData<string, string[], string[]> Cases => new()
    {
        { "no bar is given", ["missed", "loud"], [] },
        { "recall is half of a whole", ["right", "missed"], ["recall is 50.0 %, below 98.0 %"] },
        { "recall is whole", ["right", "half"], [] },
        { "there is no incident, so that nothing was shown", ["healthy"], ["recall is 0.0 %, below 98.0 %"] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Missed_says_which_bar_and_by_how_much(string situation, string[] cases, string[] expected)
    {
        ScoreBars bars = situation.StartsWith("no bar", StringComparison.Ordinal) ? new() : new() { Recall = 98 };

        bars.Missed([.. cases.Select(Find)]).Should().Equal(expected, situation);
    }

    [Fact]
    public void Missed_holds_each_bar_by_itself() => new ScoreBars { Object = 60, Category = 50, Cause = 80, FalsePositives = 0 }
        .Missed([Right, Half, Healthy, Healthy with { Incidents = 2 }]).Should().Equal(
            "object@1 is 50.0 %, below 60.0 %", "cause@1 is 75.0 %, below 80.0 %", "healthy cases with a false positive are 1, above 0");

    private static CaseScore Find(string name) => name == "loud" ? Healthy with { Incidents = 1 } : ((ImmutableArray<CaseScore>)[Right, Half, Missed, Healthy]).Single(s => s.Case == name);
}
