using Xunit;

namespace Firstline.DevServer.Tests.Conformance;

/// <summary>A real server answers as it is recorded. <c>FIRSTLINE_RECORD=1</c> writes its answers into the tables instead.</summary>
public sealed class RealServerConformanceTests(RealConformanceServer server) : ConformanceTests(server), IClassFixture<RealConformanceServer>
{
    private readonly RealConformanceServer _server = server;

    private protected override bool IsKnownToDiffer(string step) => false;

    // Another version says the same in other words.
    private protected override bool Agrees(string recorded, string answer) => _server.IsOfRecordedVersion ? answer == recorded : Wording.Agree(recorded, answer);

    [SkippableFact]
    public async Task Record()
    {
        Skip.If(Environment.GetEnvironmentVariable("FIRSTLINE_RECORD") != "1", "nothing is to be recorded");
        foreach (ScenarioTable table in ScenarioTable.All)
        {
            Dictionary<int, string> answers = [];
            foreach (Scenario scenario in table.Scenarios)
            {
                await PlayAsync(_server, scenario, (i, answer) => answers[scenario.Interactions[i].Line] = answer);
            }

            table.Record(answers);
        }
    }
}
