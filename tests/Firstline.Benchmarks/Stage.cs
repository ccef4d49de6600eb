using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Demo;
using Firstline.Cli.Development;
using Firstline.Cli.Watching;
using Firstline.Cli.Yaml;
using Firstline.Core.Planning;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;

namespace Firstline.Benchmarks;

/// <summary>What the benchmark plays on: Deployments that it breaks one after the other, and its own watches that see what follows.</summary>
internal sealed class Stage
{
    private const string Manifest =
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: NAME, namespace: shop}
        spec:
          replicas: 2
          selector: {matchLabels: {app: NAME}}
          template:
            metadata:
              labels: {app: NAME}
              annotations: {sim.firstline.dev/crash-when: "image=*/web:2"}
            spec:
              containers: [{name: app, image: registry.example/web:1, readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 5}}]
        """;

    private const string Unused =
        """
        apiVersion: firstline.dev/v1alpha1
        kind: Runbook
        metadata: {name: NAME, namespace: firstline-system}
        spec:
          description: Matches nothing.
          level: L3
          match: {causes: [NodeNotReady]}
          steps: [{name: restart, action: RolloutRestart}]
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly KubeClient _client;
    private readonly Watched<WorkloadView> _workloads;
    private readonly Watched<Incident> _incidents;
    private readonly Moments _moments;

    public Stage(KubeClient client, SharedInformers informers, Moments moments)
    {
        (_client, _moments) = (client, moments);
        Informer<WorkloadView> workloads = informers.Get(new ResourceQuery(WorkloadView.Deployments, "shop"), WorkloadView.Project);
        _workloads = new Watched<WorkloadView>(workloads);
        informers.Get(new ResourceQuery(PodView.Pods, "shop"), PodView.Project).AddHandler(change =>
        {
            if (change.New is { } pod && pod.Troubles.Contains("CrashLoopBackOff"))
            {
                _moments.Note("crash", pod.App);
            }
        });
        Informer<Incident> incidents = informers.Get(new ResourceQuery(Incident.Type, "shop"), FirstlineJson.Incident);
        _incidents = new Watched<Incident>(incidents);
        incidents.AddHandler(change => _moments.Note("incident", change.New?.Spec.Target.Name ?? ""));
        incidents.AddHandler(change =>
        {
            if (change.New is { Status.Triage: not null } shown)
            {
                _moments.Note("page", shown.Spec.Target.Name);
            }
        });
        workloads.AddHandler(change =>
        {
            // 1: applied, 2: broken, 3: undone.
            if (change.New is { Generation: 3 } undone)
            {
                _moments.Note("patch", undone.Key.Name);
            }
        });
    }

    /// <summary>Lifts the limits that would hold up a hundred remediations within minutes.</summary>
    public async Task LiftLimitsAsync()
    {
        await _client.PatchAsync(RemediationPolicy.Type, new("", RemediationPolicy.DefaultName), LiftedLimits.AsPatch(), CancellationToken.None);
        NamespacedName undo = new(DevEnvironment.OperatorNamespace, "undo-bad-rollout");
        KubeResponse changed = await _client.PatchAsync(Runbook.Type, undo, Merge("""{"spec":{"limits":{"maxPerHour":1000}}}"""), CancellationToken.None);
        string revision = RunbookRevision.Of(changed.Read(FirstlineJson.Runbook).Spec);
        JsonObject approved = new() { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [AnnotationNames.ApprovedRevision] = revision } } };
        await _client.PatchAsync(Runbook.Type, undo, Patch.Merge(approved), CancellationToken.None);
    }

    /// <summary>Adds a runbook that matches nothing.</summary>
    public Task AddRunbookAsync(int number) => new Seed(_client, TimeProvider.System).ApplyAsync(
        YamlFile.ParseJson(Unused.Replace("NAME", $"unused-{number}", StringComparison.Ordinal)), CancellationToken.None);

    /// <summary>Breaks one Deployment and returns when its first CrashLoopBackOff, the Incident, its first page and the L1 patch were seen.</summary>
    public async Task<Run> PlayAsync(int run)
    {
        string name = $"web-{run}";
        await DeployAsync(name);
        await BreakAsync(name);
        TimeSpan crash = await _moments.OfAsync("crash", name, Limit);
        TimeSpan incident = await _moments.OfAsync("incident", name, Limit);
        TimeSpan page = await _moments.OfAsync("page", name, Limit);
        TimeSpan patch = await _moments.OfAsync("patch", name, Limit);
        await _workloads.UntilAsync($"{name} healthy again", w => w.Key.Name == name && w is { Generation: 3, IsHealthy: true }, Limit, CancellationToken.None);
        return new(name, crash, incident, page, patch, Yardstick.Measure());
    }

    /// <summary>Makes a Deployment and waits until it is healthy.</summary>
    public async Task DeployAsync(string name)
    {
        await new Seed(_client, TimeProvider.System).ApplyAsync(YamlFile.ParseJson(Manifest.Replace("NAME", name, StringComparison.Ordinal)), CancellationToken.None);
        await _workloads.UntilAsync($"{name} healthy", w => w.Key.Name == name && w.IsHealthy, Limit, CancellationToken.None);
    }

    /// <summary>Rolls out an image that crashes.</summary>
    public async Task BreakAsync(string name)
    {
        JsonObject container = new() { ["name"] = "app", ["image"] = "registry.example/web:2" };
        await _client.PatchAsync(
            WorkloadView.Deployments, new("shop", name),
            Patch.Strategic(new() { ["spec"] = new JsonObject { ["template"] = new JsonObject { ["spec"] = new JsonObject { ["containers"] = new JsonArray(container) } } } }),
            CancellationToken.None);
    }

    /// <summary>Waits until an incident of a Deployment is over: resolved, or handed to people.</summary>
    public Task<Incident> IncidentOverAsync(string name, TimeSpan limit) => _incidents.UntilAsync(
        $"incident of {name} over", i => i.Spec.Target.Name == name && i.Status is { Stage: "Resolved" or "Escalated" }, limit, CancellationToken.None);

    /// <summary>Waits until every incident is over.</summary>
    public async Task SettleAsync()
    {
        foreach (Incident incident in _incidents.All.ToArray())
        {
            string name = incident.Metadata.Name;
            await _incidents.UntilAsync($"{name} resolved", i => i.Metadata.Name == name && i.Status?.Stage == "Resolved", Limit, CancellationToken.None);
        }
    }

    private static Patch Merge(string json) => Patch.Merge((JsonObject)JsonNode.Parse(json)!);
}
