using System.Collections.Immutable;
using Firstline.Cli.Evaluation;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests.Evaluation;

public sealed class CalibrationTests
{
    private static readonly CaseScore Case = new() { Case = "c", Group = "image", RootCause = "ImagePullError", IsIncident = true, Incidents = 1 };

    /// <summary>A sentence, cases as confidence and share of rightness, and the error; null where nothing can be said.</summary>
    public static TheoryData<string, (double Confidence, double Right)[], double?> Cases { get; } = new()
    {
        { "sure and right", [(1, 1), (1, 1)], 0.0 },
        { "sure and wrong", [(1, 0)], 1.0 },
        { "nine of ten, said so", [.. Enumerable.Repeat((0.9, 1.0), 9), (0.9, 0.0)], 0.0 },
        { "two bins weigh by their cases", [(0.95, 1), (0.95, 1), (0.95, 1), (0.55, 0)], (0.05 * 3 / 4) + (0.55 / 4) },
        { "a bin is judged as a whole", [(0.81, 1), (0.89, 0.7)], 0.0 },
        { "no hypothesis", [], null },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_compares_confidence_with_how_often_it_is_right(string sentence, (double Confidence, double Right)[] cases, double? error)
    {
        ImmutableArray<CaseScore> scores =
        [
            .. cases.Select(static c => Case with { Confidence = c.Confidence, CauseFirst = c.Right }), Case, Case with { IsIncident = false, Confidence = 1 },
        ];

        Calibration? found = Calibration.Of(scores);

        found?.Cases.Should().Be(cases.Length, sentence);
        (found is null ? null : (double?)Math.Round(found.Error, 6)).Should().Be(error is null ? null : Math.Round(error.Value, 6), sentence);
    }
}
