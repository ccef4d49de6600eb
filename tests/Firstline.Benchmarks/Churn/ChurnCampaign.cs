using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Cluster;
using Firstline.Cli.Development;
using Firstline.Cli.Watching;
using Firstline.Controllers.Observation;
using Firstline.DevServer.Http;
using Firstline.DevServer.Simulation;
using Firstline.Host;
using Firstline.Host.Options;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Informers;
using Firstline.Testing;
using Microsoft.Extensions.Logging;

namespace Firstline.Benchmarks.Churn;

/// <summary>Plays ordinary days of a cluster to an operator, which has nothing to report of them; then breaks one rollout, which it has.</summary>
internal static class ChurnCampaign
{
    private const int Workers = 4;

    // Of the world's time.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <param name="workloads">Workloads of the cluster.</param>
    /// <param name="time">How long it is followed, on its own clock; longer where the machine is too slow for what is to happen in it.</param>
    /// <param name="factor">How many times as fast as the world's its clock is.</param>
    /// <param name="seed">What happens to which.</param>
    public static async Task<Report> RunAsync(int workloads, TimeSpan time, double factor, int seed)
    {
        FastClock clock = new(factor);
        Town town = new(workloads);
        using DevFolder folder = DevFolder.Open(null);
        using ILoggerFactory logs = folder.CreateLog(clock);
        await using DevApiServer server = await DevApiServer.StartAsync(
            new DevServerOptions { Time = clock, InitialObjects = [.. Library.Definitions, .. Library.Development], Security = TransportSecurity.None }, CancellationToken.None);
        server.WriteKubeconfig(folder.Kubeconfig);
        await using ClusterSimulation simulation = await ClusterSimulation.StartAsync(
            new SimulationOptions { Server = server.Url, BearerToken = server.Users[0].Token, Nodes = town.Nodes, Clock = clock, Logs = logs }, CancellationToken.None);
        using KubeClient client = new(KubeConfig.Load(new KubeConfigOptions { Path = folder.Kubeconfig, Clock = TimeProvider.System }), TimeProvider.System, ClusterClient.Options);
        using CancellationTokenSource stop = new();
        SharedInformers informers = new(client, TimeProvider.System);
        Hands hands = new(client, informers, town);
        Watched<Incident> incidents = new(informers.Get(new ResourceQuery(Incident.Type), FirstlineJson.Incident));
        informers.Start(stop.Token);
        await informers.WaitForSyncAsync(CancellationToken.None);
        await SettleAsync(town, hands);
        await using FirstlineOperator running = await FirstlineOperator.StartAsync(
            new OperatorOptions { Kubeconfig = folder.Kubeconfig, Namespace = DevEnvironment.OperatorNamespace, LeaderElection = LeaderElectionMode.Off, Health = new ListenerOptions() },
            logs, clock, CancellationToken.None);
        DateTimeOffset begun = clock.GetUtcNow();
        ImmutableSortedDictionary<string, int> done = await LiveAsync(Day.Of(town, time, seed), hands, clock);
        TimeSpan lasted = clock.GetUtcNow() - begun;
        ImmutableArray<Incident> raised = [.. incidents.All];
        await BreakAsync(client, town, incidents);
        await stop.CancelAsync();
        await informers.StoppedAsync();
        return Judge(workloads, lasted, done, raised);
    }

    private static async Task SettleAsync(Town town, Hands hands)
    {
        foreach (string ns in town.Namespaces)
        {
            await hands.CreateAsync(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = ns } });
        }

        await Parallel.ForEachAsync(Enumerable.Range(0, town.Workloads), new ParallelOptions { MaxDegreeOfParallelism = 8 * Workers }, async (w, _) => await hands.DeployAsync(w));
    }

    private static async Task<ImmutableSortedDictionary<string, int>> LiveAsync(Day day, Hands hands, TimeProvider clock)
    {
        long begun = clock.GetTimestamp();
        await Task.WhenAll(day.Workers(Workers).Select(async errands =>
        {
            foreach (Errand errand in errands)
            {
                TimeSpan wait = errand.At - clock.GetElapsedTime(begun);
                await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, clock);
                await errand.DoAsync(hands);
            }
        }));
        return day.Errands.GroupBy(static e => e.Kind).ToImmutableSortedDictionary(static g => g.Key.ToString(), static g => g.Count(), StringComparer.Ordinal);
    }

    // Else an operator that is blind would hold every bar.
    private static async Task BreakAsync(KubeClient client, Town town, Watched<Incident> incidents)
    {
        const int Broken = 4;
        const string Crash = """{"spec": {"template": {"metadata": {"annotations": {"sim.firstline.dev/crash-when": "always"} } } } }""";
        string name = Town.NameOf(Broken);
        await client.PatchAsync(BuiltinTypes.Deployments, new(town.NamespaceOf(Broken), name), Patch.Merge((JsonObject)JsonNode.Parse(Crash)!), CancellationToken.None);
        await incidents.UntilAsync($"incident of {name}, which crashes", i => i.Spec.Target.Name == name, Patience, CancellationToken.None);
    }

    private static Report Judge(int workloads, TimeSpan lasted, ImmutableSortedDictionary<string, int> done, ImmutableArray<Incident> raised) => new(
    [
        new("workloads", workloads, "", null),
        new("time that passed in the cluster", lasted.TotalHours, "h", null),
        .. done.Select(static d => new Measure(d.Key, d.Value, "", null)),
        new("incidents", raised.Length, "", 0),
    ])
    {
        Details = string.Join('\n', raised.Select(static i => string.Create(CultureInfo.InvariantCulture, $"  {i.Metadata.CreationTimestamp:HH:mm:ss} {i.Spec.Target}: {i.Spec.Signal}: {i.Spec.Summary}"))),
    };
}
