using Firstline.Benchmarks.Crashes;
using Firstline.Testing;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace Firstline.EndToEnd.Tests.Crashes;

/// <summary>
/// An operator in a world that is in trouble itself. <c>FIRSTLINE_TRIALS</c> sets how many rounds are played, <c>FIRSTLINE_TRIAL_SEED</c> what befalls whom; 300 are <c>make trials</c>.
/// </summary>
public sealed class TrialTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Operator_in_a_troubled_world_leaves_one_effect_one_that_was_taken_back_or_an_escalation()
    {
        CrashReport report = await TrialCampaign.RunAsync(Setting.Number("FIRSTLINE_TRIALS", 15), Setting.Number("FIRSTLINE_TRIAL_SEED", 1), 2, output.WriteLine);
        output.WriteLine(report.ToText());

        report.Violations.Should().BeEmpty($"each can be played again with FIRSTLINE_TRIAL_SEED={report.Seed}");
        report.Tried.Select(static r => r.Ordeal.Kind).Distinct().Should().BeEquivalentTo("server faults", "clock jumps", "two operators", "server restarts");
    }
}
