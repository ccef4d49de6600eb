using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Cli.Commands;
using Firstline.Cli.Development;
using Firstline.Cli.Terminal;
using Firstline.Cli.Watching;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;
using FluentAssertions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Firstline.EndToEnd.Tests;

public sealed class LeaseTests
{
    private static readonly ResourceType Leases = new("coordination.k8s.io", "v1", "Lease", "leases", ResourceScope.Namespaced);

    [Fact]
    public async Task Run_that_loses_the_lease_says_so_in_one_sentence_and_fails()
    {
        using DevFolder folder = DevFolder.Open(null);
        using ILoggerFactory logs = folder.CreateLog(TimeProvider.System);
        await using DevEnvironment environment = await DevEnvironment.StartAsync(
            new DevOptions { Operator = Part.Off, Simulation = Part.Off }, folder, logs, TimeProvider.System, CancellationToken.None);
        using CancellationTokenSource stop = new();
        SharedInformers informers = new(environment.Client, TimeProvider.System);
        Watched<string> holders = new(informers.Get(new ResourceQuery(Leases, DevEnvironment.OperatorNamespace), HolderOf));
        informers.Start(stop.Token);
        await informers.WaitForSyncAsync(CancellationToken.None);
        using StringWriter error = new();

        Task<int> run = FirstlineCommand.RunAsync(
            ["run", "--kubeconfig", folder.Kubeconfig, "--health-port", "0", "--lease-retry-period", "500ms", "--log-level", "none"],
            Screen.Of(TextWriter.Null, error, isRedirected: true), stop.Token);
        await holders.UntilAsync("an operator leads", static holder => holder.Length > 0, Loop.Limit, CancellationToken.None);
        await environment.Client.PatchAsync(
            Leases, new(DevEnvironment.OperatorNamespace, "firstline-operator"), Patch.Merge((JsonObject)JsonNode.Parse("""{"spec":{"holderIdentity":"another"}}""")!), CancellationToken.None);

        (await run.WaitAsync(Loop.Limit)).Should().Be(1);
        error.ToString().Should().Be("firstline: the lease was lost, so all controllers have stopped; start the process anew to stand for it again\n");
        await stop.CancelAsync();
        await informers.StoppedAsync();
    }

    private static string HolderOf(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.TryGetProperty("spec", out JsonElement spec) && spec.TryGetProperty("holderIdentity", out JsonElement holder) ? holder.GetString() ?? "" : "";
    }
}
