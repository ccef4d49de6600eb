using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Benchmarks;
using Firstline.Cli.Development;
using Firstline.Cli.Watching;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;
using Firstline.Testing.Models;
using FluentAssertions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Firstline.EndToEnd.Tests.Models;

/// <summary>The operator in a process of its own, set up as the program is, and a model's endpoint beside it.</summary>
public sealed class ModelProcessTests
{
    private static readonly string[] Sdks = ["Anthropic.dll", "OpenAI.dll", "System.ClientModel.dll", "Microsoft.Extensions.AI.Abstractions.dll"];

    [Theory]
    [InlineData("none", "")]
    [InlineData("openai", "OpenAI.dll")]
    [InlineData("anthropic", "Anthropic.dll")]
    public async Task It_asks_the_model_that_it_is_told_and_loads_no_SDK_without_one(string provider, string sdk)
    {
        await using ScriptedModel model = ScriptedModel.Playing(new ModelScene.Says("""{"hypotheses":[],"rationale":"The rules have said all."}"""));
        using DevFolder folder = DevFolder.Open(null);
        using ILoggerFactory logs = folder.CreateLog(TimeProvider.System);
        await using DevEnvironment environment = await DevEnvironment.StartAsync(new DevOptions { Operator = Part.Off, Speed = 20 }, folder, logs, TimeProvider.System, CancellationToken.None);
        string[] options = provider == "none" ? [] : ["--model-provider", provider, "--model-name", "scripted", "--model-endpoint", model.Address.ToString()];
        using CancellationTokenSource stop = new();
        SharedInformers informers = new(environment.Client, TimeProvider.System);
        Watched<Incident> incidents = new(informers.Get(new ResourceQuery(Incident.Type), FirstlineJson.Incident));
        informers.Start(stop.Token);
        await informers.WaitForSyncAsync(CancellationToken.None);
        await using OperatorProcess instance = OperatorProcess.Start(folder.Kubeconfig, null, ["--leader-election", "off", .. options]);
        Seed seed = new(environment.Client, TimeProvider.System);

        await seed.ApplyAsync(Cli.Yaml.YamlFile.ParseJson("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}"), CancellationToken.None);
        await seed.ApplyAsync(Cli.Yaml.YamlFile.ParseJson(QuietTests.Workload("web", "sim.firstline.dev/crash-when: always")), CancellationToken.None);
        string awaited = provider == "none" ? ConditionTypes.Diagnosed : ConditionTypes.Refined;
        await incidents.UntilAsync($"{awaited}: {instance.Output}", i => ConditionOf(i, awaited) is { Status: ConditionStatus.True }, Loop.Limit, CancellationToken.None);

        string[] loaded = [.. instance.Mapped().Intersect(Sdks)];
        (loaded.Contains(sdk), loaded.Length > 0, model.Asked.Count).Should().Be(provider == "none" ? (false, false, 0) : (true, true, 1));
        await stop.CancelAsync();
        await informers.StoppedAsync();
    }

    private static Condition? ConditionOf(Incident incident, string type) => incident.Status?.Conditions.FirstOrDefault(c => c.Type == type);
}
