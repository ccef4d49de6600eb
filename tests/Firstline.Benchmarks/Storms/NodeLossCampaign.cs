using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Cluster;
using Firstline.Cli.Development;
using Firstline.Cli.Evaluation;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Firstline.DevServer.Http;
using Firstline.Host;
using Firstline.Host.Options;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Microsoft.Extensions.Logging;

namespace Firstline.Benchmarks.Storms;

/// <summary>Shows an operator a cluster that lost a node: one incident for the node, which holds the troubles of all workloads on it.</summary>
internal static class NodeLossCampaign
{
    /// <param name="pods">Pods on the lost node.</param>
    /// <param name="workloads">Deployments that they are of.</param>
    public static async Task<Report> RunAsync(int pods, int workloads)
    {
        LostNode lost = new(pods, workloads);
        using DevFolder folder = DevFolder.Open(null);
        using ILoggerFactory logs = folder.CreateLog(TimeProvider.System);
        EvaluationClock clock = new(DateTimeOffset.UtcNow);
        await using DevApiServer server = await DevApiServer.StartAsync(
            new DevServerOptions { Time = clock, Security = TransportSecurity.None, InitialObjects = [.. Library.Definitions, .. Library.Development] }, CancellationToken.None);
        server.WriteKubeconfig(folder.Kubeconfig);
        await LoadAsync(lost, folder.Kubeconfig, clock);
        using RequestLog requests = new(new Moments()) { Port = server.Url.Port };
        await using FirstlineOperator running = await FirstlineOperator.StartAsync(
            new OperatorOptions { Kubeconfig = folder.Kubeconfig, Namespace = DevEnvironment.OperatorNamespace, LeaderElection = LeaderElectionMode.Off, Health = new ListenerOptions() },
            logs, clock, CancellationToken.None);
        using KubeClient client = ClientOf(folder.Kubeconfig, clock);
        ImmutableArray<Incident> incidents = await new QuietWatch(running, client, clock).UntilQuietAsync(CancellationToken.None);
        return Judge(lost, incidents, [.. requests.All.Where(static r => r.IsWrite || r.Name.Length > 0 || r.Resource == "events")]);   // without the first lists
    }

    // By a clock that goes on, while the server's is put back for each object.
    private static async Task LoadAsync(LostNode lost, string kubeconfig, EvaluationClock clock)
    {
        DirectoryInfo files = Directory.CreateTempSubdirectory("firstline-node-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(files.FullName, "objects.json"), lost.Objects().ToJsonString());
            await File.WriteAllTextAsync(Path.Combine(files.FullName, "case.json"), lost.Case().ToJsonString());
            using KubeClient loading = ClientOf(kubeconfig, TimeProvider.System);
            await new CaseLoader(loading, clock).LoadAsync(new CaseFolder("node-loss", files.FullName), CancellationToken.None);
        }
        finally
        {
            files.Delete(recursive: true);
        }
    }

    private static KubeClient ClientOf(string kubeconfig, TimeProvider clock) =>
        new(KubeConfig.Load(new KubeConfigOptions { Path = kubeconfig, Clock = clock }), clock, ClusterClient.Options);

    private static Report Judge(LostNode lost, ImmutableArray<Incident> incidents, ImmutableArray<ServedRequest> requests)
    {
        ImmutableArray<Incident> ofNode = [.. incidents.Where(static i => i.Spec.Target is { Kind: "Node", Name: LostNode.Name })];
        HashSet<string> held = [.. ofNode.SelectMany(static i => i.Status!.Signals.Select(static s => UnlistedSignals.KeyOf(s.Fingerprint)).Concat(UnlistedSignals.KeysOf(i)))];
        ImmutableArray<TargetRef> troubled = lost.Troubled();
        int apart = troubled.Count(w => DetectorCatalogue.All.All(d => !held.Contains(UnlistedSignals.KeyOf(Fingerprints.Of(d.Name, w)))));
        return new(
        [
            new("incidents of the lost node: none", ofNode.IsEmpty ? 1 : 0, "", 0),
            new("incidents beside the one of the lost node", incidents.Length - Math.Min(1, ofNode.Length), "", 0),
            new($"troubled workloads of {troubled.Length} that it does not hold", apart, "", 0),
            new("signals that it holds", held.Count, "", null),
            new("requests per incident, watches and first lists apart", (double)requests.Length / Math.Max(1, incidents.Length), "", RequestBar.Of(held.Count)),
        ])
        {
            Details = string.Join('\n', requests.GroupBy(static r => r.Kind).OrderByDescending(static g => g.Count())
                .Select(static g => string.Create(CultureInfo.InvariantCulture, $"  {g.Count(),6} {g.Key}"))
                .Concat(incidents.Take(10).Select(static i => $"  {i.Metadata.Name}: {i.Spec.Target}: {i.Spec.Summary}"))),
        };
    }
}
