using Firstline.Faults;
using Xunit.Abstractions;

namespace Firstline.Kube.Tests.Faults;

/// <summary>
/// Informers, queue and writes behind a network and an API server in trouble. <c>FIRSTLINE_FAULT_SCHEDULES</c> sets how many schedules are played,
/// <c>FIRSTLINE_FAULT_SEED</c> the first; 1,000 are the measure: <c>dotnet run --project tests/Firstline.Faults -- 1000</c>.
/// </summary>
[Collection(nameof(Alone))]
public sealed class FaultScheduleTests(ITestOutputHelper output)
{
    private const int Usual = 40;

    [Fact]
    public async Task Cache_and_server_agree_in_the_end_and_nothing_is_lost_or_left_behind()
    {
        CampaignResult result = await Campaign.RunAsync(Setting.Number("FIRSTLINE_FAULT_SEED", 1), Setting.Number("FIRSTLINE_FAULT_SCHEDULES", Usual));
        output.WriteLine(result.ToText());

        result.Violations.Should().BeEmpty("each can be played again with FIRSTLINE_FAULT_SCHEDULES=1 and its seed as FIRSTLINE_FAULT_SEED");
        if (result.Runs >= Usual)   // of few there may be none
        {
            ConnectionTally met = result.Connections;
            new[] { met.Requests, met.Resets, met.Silences }.Should().OnlyContain(static n => n > 0, "every second schedule shares one connection, and its faults");
        }
    }
}
