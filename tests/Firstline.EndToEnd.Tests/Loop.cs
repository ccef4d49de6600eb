using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Cluster;
using Firstline.Cli.Demo;
using Firstline.Cli.Development;
using Firstline.Cli.Watching;
using Firstline.Cli.Yaml;
using Firstline.Host;
using Firstline.Host.Options;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;
using Microsoft.Extensions.Logging;

namespace Firstline.EndToEnd.Tests;

/// <summary>The whole loop in this process: API server, simulated cluster and operator; and the eyes and hands of people on it.</summary>
internal sealed class Loop : IAsyncDisposable
{
    public const string Namespace = "shop";

    /// <summary>Real time that any wait may take; far more than it takes on an idle machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(180);

    private static readonly ResourceType Events = new("", "v1", "Event", "events", ResourceScope.Namespaced);

    private readonly CancellationTokenSource _stop = new();
    private readonly DevFolder _folder;
    private readonly ILoggerFactory _logs;
    private readonly DevEnvironment _environment;
    private readonly SharedInformers _informers;
    private readonly TimeProvider _clock;

    private Loop(DevFolder folder, ILoggerFactory logs, DevEnvironment environment, TimeProvider clock)
    {
        (_folder, _logs, _environment, _clock) = (folder, logs, environment, clock);
        _informers = new SharedInformers(environment.Client, TimeProvider.System);
        Incidents = new(_informers.Get(new ResourceQuery(Incident.Type), FirstlineJson.Incident));
        Requests = new(_informers.Get(new ResourceQuery(RemediationRequest.Type), FirstlineJson.RemediationRequest));
        Workloads = new(_informers.Get(new ResourceQuery(WorkloadView.Deployments), WorkloadView.Project));
        Pods = new(_informers.Get(new ResourceQuery(PodView.Pods), PodView.Project));
    }

    public Watched<Incident> Incidents { get; }

    public Watched<RemediationRequest> Requests { get; }

    public Watched<WorkloadView> Workloads { get; }

    public Watched<PodView> Pods { get; }

    public Uri Server => _environment.Server;

    public Uri Webhook => _environment.WebhookAddress!;

    public Uri Health => _environment.HealthAddress!;

    public string Kubeconfig => _environment.Kubeconfig;

    public string TokenFile => _environment.TokenFile;

    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <param name="clock">Shared by all parts.</param>
    /// <param name="speed">How many times as fast as that clock the simulated cluster is.</param>
    /// <param name="operators">Off for an operator that the test starts itself (<see cref="OperatorAsync"/>).</param>
    public static async Task<Loop> StartAsync(TimeProvider clock, double speed = 1, Part operators = Part.On)
    {
        DevFolder folder = DevFolder.Open(null);
        ILoggerFactory logs = folder.CreateLog(clock);
        DevEnvironment environment = await DevEnvironment.StartAsync(new DevOptions { Speed = speed, Operator = operators }, folder, logs, clock, CancellationToken.None);
        Loop loop = new(folder, logs, environment, clock);
        loop._informers.Start(loop._stop.Token);
        await loop._informers.WaitForSyncAsync(CancellationToken.None);
        await loop.ApplyAsync($"apiVersion: v1\nkind: Namespace\nmetadata: {{name: {Namespace}}}");
        return loop;
    }

    /// <summary>Starts an operator with options of its own.</summary>
    public Task<FirstlineOperator> OperatorAsync(Func<OperatorOptions, OperatorOptions> change) =>
        FirstlineOperator.StartAsync(change(_environment.OperatorOptions()), _logs, _clock, CancellationToken.None);

    /// <summary>As <c>kubectl apply --server-side</c>.</summary>
    public Task ApplyAsync(string yaml) => new Seed(_environment.Client, TimeProvider.System).ApplyAsync(YamlFile.ParseJson(yaml), CancellationToken.None);

    /// <summary>As <c>kubectl apply</c>: what is declared is remembered in kubectl's annotation.</summary>
    public async Task DeclareAsync(string yaml)
    {
        foreach (JsonObject o in YamlFile.ParseJson(yaml))
        {
            string declared = o.ToJsonString();
            JsonObject metadata = (JsonObject)o["metadata"]!;
            JsonObject annotations = metadata["annotations"] as JsonObject ?? [];
            annotations[AnnotationNames.LastApplied] = declared;
            metadata["annotations"] ??= annotations;
            await _environment.Client.CreateAsync(
                KnownKinds.Of(o), Namespace, Encoding.UTF8.GetBytes(o.ToJsonString()), CancellationToken.None, new WriteOptions { FieldManager = "kubectl-client-side-apply" });
        }
    }

    /// <summary>As <c>kubectl create</c>, of an object in JSON.</summary>
    public Task CreateAsync(ResourceType type, string json) => _environment.Client.CreateAsync(
        type, type.Scope == ResourceScope.Cluster ? "" : Namespace, Encoding.UTF8.GetBytes(json), CancellationToken.None, new WriteOptions { FieldManager = "kubectl-create" });

    /// <summary>As <c>kubectl patch --type merge</c>, with <c>--subresource</c> where one is given.</summary>
    public Task PatchAsync(ResourceType type, string name, string json, string subresource = "") => _environment.Client.PatchAsync(
        type, new(Namespace, name), Patch.Merge((JsonObject)JsonNode.Parse(json)!), CancellationToken.None, new WriteOptions { FieldManager = "kubectl-edit", Subresource = subresource });

    /// <summary>As <c>kubectl set image</c>.</summary>
    public Task SetImageAsync(string deployment, string image) => _environment.Client.PatchAsync(
        WorkloadView.Deployments, new(Namespace, deployment),
        Patch.Strategic(new JsonObject
        {
            ["spec"] = new JsonObject { ["template"] = new JsonObject { ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = "app", ["image"] = image }) } } },
        }),
        CancellationToken.None, new WriteOptions { FieldManager = "kubectl-set" });

    /// <summary>An object as it is, to look into.</summary>
    public async Task<JsonNode> GetAsync(ResourceType type, string name) =>
        JsonNode.Parse((await _environment.Client.GetAsync(type, new(Namespace, name), CancellationToken.None)).Body.Span)!;

    /// <summary>Approves as a person, in that person's name.</summary>
    public async Task ApproveAsync(RemediationRequest request, string user)
    {
        using KubeClient client = _environment.ClientOf(user);
        await Approval.GiveAsync(client, request, user, [], CancellationToken.None);
    }

    /// <summary>Posts a body as Alertmanager does.</summary>
    public async Task<HttpStatusCode> AlertAsync(string body)
    {
        using HttpClient http = new();
        using HttpRequestMessage post = new(HttpMethod.Post, Webhook) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        post.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _environment.WebhookToken);
        using HttpResponseMessage answer = await http.SendAsync(post);
        return answer.StatusCode;
    }

    public Task<WorkloadView> HealthyAsync(string name) => UntilAsync(Workloads, $"Deployment/{name} healthy", w => w.Key.Name == name && w.IsHealthy);

    public Task<WorkloadView> BrokenAsync(string name) => UntilAsync(Workloads, $"Deployment/{name} short of pods", w => w.Key.Name == name && w.Ready < w.Desired);

    public Task<Incident> IncidentAsync(string target, string what, Func<Incident, bool> holds) =>
        UntilAsync(Incidents, $"incident on {target}: {what}", i => i.Spec.Target.Name == target && holds(i));

    /// <summary>Incidents and requests are two watches: it also waits until the other one has seen how the incident's requests ended.</summary>
    public async Task<Incident> ResolvedAsync(string target)
    {
        Incident incident = await IncidentAsync(target, "resolved", static i => IncidentTeller.Is(i.Status, ConditionTypes.Resolved));
        foreach (RemediationSummary ended in incident.Status!.Remediations.Where(static r => r.Outcome is not null))
        {
            await UntilAsync(Requests, $"end of request {ended.Name}", r => r.Metadata.Name == ended.Name && r.Status?.Outcome == ended.Outcome);
        }

        return incident;
    }

    public Task<RemediationRequest> RequestAsync(string target, string what, Func<RemediationRequest, bool> holds) =>
        UntilAsync(Requests, $"request on {target}: {what}", r => r.Spec.Plan.Target.Name == target && holds(r));

    /// <summary>A request that stands still until it is approved.</summary>
    public Task<RemediationRequest> WaitingAsync(string target) => RequestAsync(
        target, "waiting for approval", static r => r.Status?.Gates.Any(static g => g is { Name: "Approval", Decision: GateDecision.Closed }) == true);

    /// <summary>Reasons of the events about an object.</summary>
    public async Task<ImmutableArray<string>> EventsAsync(string kind, string name) =>
    [
        .. JsonNode.Parse((await _environment.Client.GetAsync(Events, new(Namespace, ""), CancellationToken.None)).Body.Span)!["items"]!.AsArray()
            .Where(e => e!["involvedObject"]!["kind"]!.ToString() == kind && e["involvedObject"]!["name"]!.ToString() == name).Select(static e => e!["reason"]!.ToString()),
    ];

    /// <summary>The name of a pod of an application, when there is one.</summary>
    public async Task<string> PodAsync(string app) => (await UntilAsync(Pods, $"a pod of {app}", p => p.App == app)).Key.Name;

    private async Task<T> UntilAsync<T>(Watched<T> watched, string what, Func<T, bool> holds)
        where T : class
    {
        try
        {
            return await watched.UntilAsync(what, holds, Limit, CancellationToken.None);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}; what stands there instead:\n{Picture()}", e);
        }
    }

    private string Picture() => string.Join('\n',
        Workloads.All.Select(static w => w.ToString())
            .Concat(Incidents.All.Select(static i => $"{i.Metadata.Name}: {i.Status?.Stage}, {i.Status?.NextStep}{string.Concat(i.Status?.Conditions.Select(static c => $"; {c.Type}={c.Status} {c.Reason}: {c.Message}") ?? [])}"))
            .Concat(Requests.All.Select(static r => $"{r.Metadata.Name}: {r.Status?.Stage}, {r.Status?.Outcome}, {string.Join("; ", r.Spec.LevelReasons)}, {r.Status?.NextStep}"))
            .Concat(File.ReadLines(_folder.Log).Where(static l => l.Contains("Firstline.Controllers", StringComparison.Ordinal)).TakeLast(30)));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _informers.StoppedAsync();
        await _environment.DisposeAsync();
        _logs.Dispose();
        _folder.Dispose();
        _stop.Dispose();
    }
}
