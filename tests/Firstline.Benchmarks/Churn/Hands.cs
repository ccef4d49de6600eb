using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Firstline.Cli.Watching;
using Firstline.Controllers.Observation;
using Firstline.Core.Facts;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;

namespace Firstline.Benchmarks.Churn;

/// <summary>What people and pipelines do to a cluster on an ordinary day; each is over when the cluster has settled again.</summary>
internal sealed class Hands
{
    // Of the world's time; what does not settle in it does not settle.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly KubeClient _client;
    private readonly Town _town;
    private readonly Watched<WorkloadFacts> _deployments;
    private readonly Watched<WorkloadFacts> _sets;
    private readonly Watched<JobFacts> _jobs;
    private readonly Informer<PodFacts> _pods;

    public Hands(KubeClient client, SharedInformers informers, Town town)
    {
        (_client, _town) = (client, town);
        _deployments = new(informers.Get<WorkloadFacts>(new ResourceQuery(BuiltinTypes.Deployments), WorkloadProjection.ReadDeployment));
        _sets = new(informers.Get<WorkloadFacts>(new ResourceQuery(BuiltinTypes.StatefulSets), WorkloadProjection.ReadStatefulSet));
        _jobs = new(informers.Get<JobFacts>(new ResourceQuery(BuiltinTypes.Jobs), JobProjection.ReadJob));
        _pods = informers.Get<PodFacts>(new ResourceQuery(BuiltinTypes.Pods), PodProjection.Update);
    }

    public Task CreateAsync(JsonObject o) => _client.CreateAsync(
        BuiltinTypes.Find(o["kind"]!.ToString())!, o["metadata"]!["namespace"]?.ToString() ?? "", Encoding.UTF8.GetBytes(o.ToJsonString()), CancellationToken.None);

    /// <summary>Makes a workload and all that belongs to it.</summary>
    public async Task DeployAsync(int workload)
    {
        foreach (JsonObject o in _town.ObjectsOf(workload))
        {
            await CreateAsync(o);
        }

        await SettledAsync(workload, 1);
    }

    /// <summary>As <c>kubectl rollout restart</c>.</summary>
    public Task RollOutAsync(int workload, int number) => ChangeAsync(
        workload, $$$"""{"spec": {"template": {"metadata": {"annotations": {"kubectl.kubernetes.io/restartedAt": "{{{number}}}"} } } } }""");

    /// <summary>Down to one pod and up again.</summary>
    public async Task ScaleAsync(int workload)
    {
        foreach (int replicas in (int[])[1, Town.ReplicasOf(workload) + 2, Town.ReplicasOf(workload)])
        {
            await ChangeAsync(workload, $$"""{"spec": {"replicas": {{replicas}}} }""");
        }
    }

    /// <summary>Runs a Job to its end.</summary>
    public async Task RunJobAsync(int workload, int number)
    {
        JsonObject job = _town.JobOf(workload, number);
        string name = job["metadata"]!["name"]!.ToString();
        await CreateAsync(job);
        await _jobs.UntilAsync($"end of Job {name}", j => j.Ref.Name == name && j.HasSucceeded, Limit, CancellationToken.None);
    }

    /// <summary>As <c>kubectl drain</c> and <c>uncordon</c>.</summary>
    public async Task DrainAsync(int number)
    {
        string node = string.Create(CultureInfo.InvariantCulture, $"sim-node-{1 + (number % _town.Nodes)}");
        await CordonAsync(node, true);
        IEnumerable<IGrouping<string, PodFacts>> workloads = _pods.List()
            .Where(p => p.NodeName == node && p.DeletionAt is null && p.Phase == "Running" && p.Controller?.Kind != "Job").GroupBy(static p => p.Labels["app"]);
        await Task.WhenAll(workloads.Select(EvictAsync));
        await CordonAsync(node, false);
    }

    // One pod of a workload after the other, as budgets have it.
    private async Task EvictAsync(IGrouping<string, PodFacts> pods)
    {
        foreach (PodFacts pod in pods)
        {
            await _client.DeleteAsync(BuiltinTypes.Pods, new(pod.Ref.Namespace ?? "", pod.Ref.Name), CancellationToken.None);
            await SettledAsync(int.Parse(pods.Key.AsSpan(4), CultureInfo.InvariantCulture), 0);
        }
    }

    private Task<KubeResponse> CordonAsync(string node, bool isCordoned) => _client.PatchAsync(
        BuiltinTypes.Nodes, new("", node), Patch.Merge(new() { ["spec"] = new JsonObject { ["unschedulable"] = isCordoned } }), CancellationToken.None);

    private async Task ChangeAsync(int workload, string change)
    {
        KubeResponse changed = await _client.PatchAsync(
            BuiltinTypes.Find(Town.KindOf(workload))!, new(_town.NamespaceOf(workload), Town.NameOf(workload)), Patch.Merge((JsonObject)JsonNode.Parse(change)!), CancellationToken.None);
        await SettledAsync(workload, changed.ReadTree()["metadata"]!["generation"]!.GetValue<long>());
    }

    private async Task SettledAsync(int workload, long generation)
    {
        string name = Town.NameOf(workload);
        if (Town.KindOf(workload) is not "CronJob" and var kind)
        {
            await (kind == "StatefulSet" ? _sets : _deployments).UntilAsync(
                $"{kind} {name} settled", w => w.Ref.Name == name && w.Generation >= generation && w.IsHealthy, Limit, CancellationToken.None);
        }
    }
}
