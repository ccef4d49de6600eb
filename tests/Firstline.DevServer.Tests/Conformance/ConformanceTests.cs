using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Conformance;

/// <summary>Plays the tables; the answers must be those that a real server gave.</summary>
public abstract class ConformanceTests(ConformanceServer server)
{
    private static readonly Dictionary<string, Scenario> ByName = ScenarioTable.All.SelectMany(table => table.Scenarios).ToDictionary(scenario => scenario.ToString());

    public static TheoryData<string> Names => [.. ByName.Keys];

    /// <summary>Whether this answer may, and then must, be another than the recorded one.</summary>
    private protected abstract bool IsKnownToDiffer(string step);

    /// <summary>Whether an answer is the recorded one.</summary>
    private protected virtual bool Agrees(string recorded, string answer) => answer == recorded;

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task Answers(string name)
    {
        Scenario scenario = ByName[name];
        List<string> wrong = [];
        await PlayAsync(server, scenario, (i, answer) =>
        {
            if (IsKnownToDiffer(scenario.Step(i)) == Agrees(scenario.Interactions[i].Recorded, answer))
            {
                wrong.Add(Explain(scenario, i, answer));
            }
        });
        wrong.Should().BeEmpty();
    }

    internal static async Task PlayAsync(ConformanceServer server, Scenario scenario, Action<int, string> answered)
    {
        HttpClient http = server.Http;
        Skip.If(scenario.IsForServersAlone && server.HasControllers, "controllers run beside this server and would meddle");
        string ns = await server.OpenNamespaceAsync();
        using Player player = new(http, ns, scenario);
        try
        {
            for (int i = 0; i < scenario.Interactions.Length; i++)
            {
                answered(i, await player.PlayAsync(scenario.Interactions[i]));
            }
        }
        finally
        {
            await server.CloseNamespaceAsync(ns);
        }
    }

    private string Explain(Scenario scenario, int i, string answer) => IsKnownToDiffer(scenario.Step(i))
        ? $"{scenario.Step(i)}: the answer is right now; take this step out of differences.txt"
        : $"\n{scenario.Step(i)}: {scenario.Interactions[i]}\nshould be {scenario.Interactions[i].Recorded}\nand is    {answer}\n";
}
