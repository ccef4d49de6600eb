using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Demo;
using Firstline.Cli.Development;
using Firstline.Core.Facts;
using Firstline.Host;
using Firstline.Testing;
using Firstline.Testing.Models;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace Firstline.EndToEnd.Tests.Models;

/// <summary>What a model receives of Deployments that crash and have secrets in logs, environment, Events and annotations.</summary>
public sealed class ModelSecretsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int LinesEach = 7;   // evidence of a log holds ten at most
    private readonly ScriptedModel _model = ScriptedModel.Playing(Curious.Play);
    private Loop? _loop;
    private FirstlineOperator? _operator;

    public async Task InitializeAsync()
    {
        _loop = await Loop.StartAsync(new FastClock(10), speed: 4, Part.Off);
        _operator = await _loop.OperatorAsync(o => o with { Model = ModelLoopTests.Of(_model) });
    }

    public async Task DisposeAsync()
    {
        await _operator!.DisposeAsync();
        await _loop!.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task No_planted_secret_is_sent_to_a_model()
    {
        ImmutableArray<ImmutableArray<string>> planted = [.. PlantedSecrets.Lines.Select(static l => l.Line).Chunk(LinesEach).Select(static c => c.ToImmutableArray())];
        ImmutableArray<ImmutableArray<string>> all = [.. planted, .. PlantedSecrets.Ordinary.Chunk(LinesEach).Select(static c => c.ToImmutableArray())];
        for (int i = 0; i < all.Length; i++)
        {
            await BreakAsync($"app-{i}", all[i]);
        }

        for (int i = 0; i < all.Length; i++)
        {
            await _loop!.IncidentAsync($"app-{i}", "its model answered", static i => i.Status?.Conditions.Any(static c => c is { Type: ConditionTypes.Refined, Status: ConditionStatus.True }) == true);
        }

        ILookup<bool, string> texts = _model.Asked.SelectMany(a => Curious.TextsIn(a).Select(t => (IsPlanted: IsOf(a, planted.Length), Text: t))).ToLookup(static t => t.IsPlanted, static t => t.Text);
        PlantedSecrets.Lines.Where(l => _model.Asked.Any(a => a.Body.Contains(l.Secret, StringComparison.Ordinal)) || texts[true].Any(t => t.Contains(l.Secret, StringComparison.Ordinal)))
            .Should().BeEmpty("none may leave");
        PlantedSecrets.Lines.Count(l => texts[true].Any(t => t.Contains(BeginOf(l), StringComparison.Ordinal) && t.Contains(Redactor.Mark, StringComparison.Ordinal)))
            .Should().BeGreaterThan(PlantedSecrets.Lines.Length * 3 / 4, "else it shows nothing: the lines have to arrive, without what is secret in them");
        Tell(texts[false]);
    }

    private void Tell(IEnumerable<string> texts)
    {
        string[] arrived = [.. texts];
        int whole = PlantedSecrets.Ordinary.Count(line => arrived.Any(t => t.Contains(line, StringComparison.Ordinal)));
        int redacted = arrived.Count(static t => t.Contains(Redactor.Mark, StringComparison.Ordinal));
        output.WriteLine($"planted secrets: {PlantedSecrets.Lines.Length} in 4 places each, 0 received by the model in {_model.Asked.Count} requests");
        output.WriteLine($"ordinary lines: {whole} of {PlantedSecrets.Ordinary.Length} received whole; texts of theirs with something taken out: {redacted} of {arrived.Length} ({100.0 * redacted / arrived.Length:0.0} %)");
        redacted.Should().Be(0);
        whole.Should().BeGreaterThan(PlantedSecrets.Ordinary.Length / 2);
    }

    private static bool IsOf(ModelAsked asked, int planted) => int.Parse(Curious.TargetOf(asked).Split('-')[^1], System.Globalization.CultureInfo.InvariantCulture) < planted;

    // What stands before the secret; the first word of it is enough to know the line again.
    private static string BeginOf((string Line, string Secret) line) => line.Line.Split([' ', '=', ':', '"'], StringSplitOptions.RemoveEmptyEntries)[0];

    private async Task BreakAsync(string name, ImmutableArray<string> lines)
    {
        JsonObject annotations = [], noted = [];
        foreach ((string line, int i) in lines.Select(static (l, i) => (l, i)))
        {
            annotations[$"note-{i}"] = line;
            noted[$"note-{i}"] = line;
        }

        noted["sim.firstline.dev/crash-when"] = $"always; log={string.Join("\\n", lines.Select(static l => $"error: {l.ReplaceLineEndings("\\n")}"))}";
        await _loop!.CreateAsync(WorkloadView.Deployments, new JsonObject
        {
            ["apiVersion"] = "apps/v1", ["kind"] = "Deployment", ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = Loop.Namespace, ["annotations"] = annotations },
            ["spec"] = new JsonObject
            {
                ["replicas"] = 1, ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = name } },
                ["template"] = new JsonObject
                {
                    ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["app"] = name }, ["annotations"] = noted },
                    ["spec"] = new JsonObject
                    {
                        ["containers"] = new JsonArray(new JsonObject
                        {
                            ["name"] = "app", ["image"] = $"registry.example/{name}:1", ["env"] = new JsonArray([.. lines.Select(static (l, i) => (JsonNode)new JsonObject { ["name"] = $"SETTING_{i}", ["value"] = l })]),
                        }),
                    },
                },
            },
        }.ToJsonString());
        string uid = (await _loop.GetAsync(WorkloadView.Deployments, name))["metadata"]!["uid"]!.ToString();
        foreach ((string line, int i) in lines.Select(static (l, i) => (l, i)))
        {
            await _loop.CreateAsync(Events, $$"""
                {"apiVersion":"v1","kind":"Event","metadata":{"name":"{{name}}-{{i}}","namespace":"shop"},"type":"Warning","reason":"Noted","message":{{JsonSerializer.Serialize(line)}},"count":1,
                 "involvedObject":{"apiVersion":"apps/v1","kind":"Deployment","name":"{{name}}","namespace":"shop","uid":"{{uid}}"},"lastTimestamp":"{{_loop.Now:yyyy-MM-ddTHH:mm:ssZ}}","firstTimestamp":"{{_loop.Now:yyyy-MM-ddTHH:mm:ssZ}}"}
                """);
        }
    }

    private static readonly ResourceType Events = new("", "v1", "Event", "events", ResourceScope.Namespaced);
}
