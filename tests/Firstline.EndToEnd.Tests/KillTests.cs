using Firstline.Benchmarks.Kills;
using Firstline.Testing;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace Firstline.EndToEnd.Tests;

/// <summary>
/// Operators in processes of their own, of which the leader is killed. <c>FIRSTLINE_KILLS</c> sets how often, <c>FIRSTLINE_KILL_SEED</c> the order of the points; 50 kills
/// are the measure, and with them the time of a takeover, which a machine that runs other tests beside this one can't hold: <c>make kills</c>.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Leader_that_is_killed_leaves_no_incident_lost_and_no_action_done_twice()
    {
        KillReport report = await KillCampaign.RunAsync(Setting.Number("FIRSTLINE_KILLS", 3), Setting.Number("FIRSTLINE_KILL_SEED", 1), LeaseTimes.Patient, output.WriteLine);
        output.WriteLine(report.ToText());

        report.Wrongs.Should().BeEmpty($"each can be played again with FIRSTLINE_KILL_SEED={report.Seed}");
        report.Kills.Length.Should().Be(Setting.Number("FIRSTLINE_KILLS", 3));
    }
}
