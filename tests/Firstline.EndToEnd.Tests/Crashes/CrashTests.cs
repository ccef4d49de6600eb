using Firstline.Benchmarks.Crashes;
using Firstline.Testing;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace Firstline.EndToEnd.Tests.Crashes;

/// <summary>
/// An operator that is killed before and after requests of its own, and another that finds what is left. <c>FIRSTLINE_CRASHES</c> sets at how many of the points,
/// <c>FIRSTLINE_CRASH_SEED</c> which; all of them are <c>make crashes</c>.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Operator_that_dies_at_any_request_leaves_one_effect_one_that_was_taken_back_or_an_escalation()
    {
        CrashReport report = await CrashCampaign.RunAsync(Setting.Number("FIRSTLINE_CRASHES", 20), Setting.Number("FIRSTLINE_CRASH_SEED", 1), 2, output.WriteLine);
        output.WriteLine(report.ToText());

        report.Violations.Should().BeEmpty($"each can be played again with FIRSTLINE_CRASH_SEED={report.Seed}");
        report.Tried.Length.Should().BeGreaterThan(Setting.Number("FIRSTLINE_CRASHES", 20) / 2, "few points come so late that the trouble is over before");
        report.Tried.Select(static r => r.Scenario.Name).Distinct().Should().BeEquivalentTo(Scenarios.All.Select(static s => s.Name));
    }
}
