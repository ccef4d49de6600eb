using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Detection;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Tests.Diagnosis;
using Firstline.Controllers.Observation.Wire;
using Firstline.Controllers.Ports;
using Firstline.DevServer.Http;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Events;
using Firstline.Kube.Informers;
using Firstline.Kube.Runtime;
using Microsoft.Extensions.Logging.Abstractions;

namespace Firstline.Controllers.Tests.Detection;

/// <summary>The detection half of the operator on an embedded API server with nothing else in it: tests play controllers and kubelets by writing status.</summary>
internal sealed class OperatorUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private readonly CancellationTokenSource stop = new();
    private readonly DevApiServer server;
    private readonly bool ownsServer;
    private readonly SharedInformers informers;
    private readonly DetectionControllers controllers;
    private readonly Informer<Incident> incidents;
    private readonly ClusterCache cache;
    private readonly Task events;
    private readonly Task host;

    private OperatorUnderTest(DevApiServer server, bool ownsServer, OperatorOptions options, Func<IKubeClient, IKubeClient>? between, ConfiguredModel? model)
    {
        this.server = server;
        this.ownsServer = ownsServer;
        Client = new(new ClusterAccess { Server = server.Url, Credentials = new StaticCredentials(new Credential { Token = server.Users[0].Token }) }, TimeProvider.System);
        informers = new(Client, TimeProvider.System, parts: query => WatchedParts.Of(query, options));
        EventRecorder recorder = new(Client, "firstline", "test", TimeProvider.System, NullLogger<EventRecorder>.Instance);
        controllers = new(informers, between?.Invoke(Client) ?? Client, new ApplyingStatusWriter(Client), recorder, new NoMetrics(), options, TimeProvider.System, NullLoggerFactory.Instance, model);
        cache = new(informers, options, TimeProvider.System);
        incidents = informers.Get<Incident>(new ResourceQuery(Incident.Type), OwnProjections.ReadIncident);
        events = recorder.RunAsync(stop.Token, stop.Token);
        host = new ControllerHost(informers, controllers.All(), null, TimeProvider.System, NullLogger<ControllerHost>.Instance).RunAsync(stop.Token);
    }

    public KubeClient Client { get; }

    public DevApiServer Server => server;

    public IIncidentIntake Intake => controllers.Intake;

    /// <param name="time">Its clock; null for the system's.</param>
    public static Task<DevApiServer> StartServerAsync(TimeProvider? time = null) => DevApiServer.StartAsync(
        new DevServerOptions
        {
            Time = time ?? TimeProvider.System,
            Security = TransportSecurity.None,
            InitialObjects = [.. Definitions.All, Namespace("shop"), Namespace("firstline-system")],
        },
        CancellationToken.None);

    /// <param name="on">The server; null for one of its own.</param>
    /// <param name="namespaces">The namespaces that it watches; none for all.</param>
    public static Task<OperatorUnderTest> StartAsync(DevApiServer? on = null, params string[] namespaces) => StartAsync(on, new OperatorOptions("firstline-system") { Namespaces = [.. namespaces] });

    /// <param name="logSurveyPeriod">How often it looks into the logs of what seems healthy.</param>
    /// <param name="between">What stands between its controllers and the server; null for nothing.</param>
    public static Task<OperatorUnderTest> StartAsync(TimeSpan logSurveyPeriod, Func<IKubeClient, IKubeClient>? between = null) =>
        StartAsync(null, new OperatorOptions("firstline-system") { LogSurveyPeriod = logSurveyPeriod }, between);

    /// <param name="model">The model that it asks beside the rules.</param>
    /// <param name="on">The server; null for one of its own.</param>
    public static Task<OperatorUnderTest> StartAsync(ConfiguredModel model, DevApiServer? on = null) => StartAsync(on, new OperatorOptions("firstline-system"), null, model);

    private static async Task<OperatorUnderTest> StartAsync(DevApiServer? on, OperatorOptions options, Func<IKubeClient, IKubeClient>? between = null, ConfiguredModel? model = null)
    {
        OperatorUnderTest started = new(on ?? await StartServerAsync(), on is null, options, between, model);
        await started.informers.WaitForSyncAsync(CancellationToken.None).WaitAsync(Deadline);
        return started;
    }

    /// <summary>Creates an object and its status, as a controller or kubelet would leave it.</summary>
    public async Task<ResourceHeader> CreateAsync(ResourceType type, string json)
    {
        JsonObject body = (JsonObject)JsonNode.Parse(json)!;
        JsonNode? status = body["status"]?.DeepClone();
        body.Remove("status");
        KubeResponse answer = await Client.CreateAsync(type, "shop", Encoding.UTF8.GetBytes(body.ToJsonString()), CancellationToken.None);
        if (status is not null)
        {
            await SetStatusAsync(type, answer.Header.Name, status.ToJsonString());
        }

        return answer.Header;
    }

    public Task SetStatusAsync(ResourceType type, string name, string status) => Client.PatchAsync(
        type, new("shop", name), Patch.Merge(new JsonObject { ["status"] = JsonNode.Parse(status) }), CancellationToken.None, new WriteOptions { Subresource = "status" });

    public Task AnnotateAsync(ResourceType type, string name, string annotations) => Client.PatchAsync(
        type, new("shop", name), Patch.Merge(new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = JsonNode.Parse(annotations) } }), CancellationToken.None, new WriteOptions());

    /// <summary>Deletes a pod; returns when the operator's cache has seen it.</summary>
    public Task DeletePodAsync(string name) => DeleteAsync(cache.Pods, BuiltinTypes.Pods, name);

    /// <summary>Deletes a Job; returns when the operator's cache has seen it.</summary>
    public Task DeleteJobAsync(string name) => DeleteAsync(cache.Jobs, BuiltinTypes.Jobs, name);

    /// <summary>Deletes the namespace shop; returns when the operator's cache has seen it end, which it does not while a finalizer holds an object in it.</summary>
    public async Task EndShopAsync()
    {
        await Client.DeleteAsync(BuiltinTypes.Namespaces, new("", "shop"), CancellationToken.None);
        await SeenAsync(cache.Namespaces, static change => change is { Key.Name: "shop", New.Ending: true });
    }

    /// <summary>Lets the ConfigMap held go, on which the end of the namespace shop waits, ends the incident, and makes the namespace anew; returns when the operator's cache has seen all.</summary>
    public async Task RemakeShopAsync(Incident incident)
    {
        Task gone = SeenAsync(cache.Namespaces, static change => change is { Key.Name: "shop", New: null });
        await Client.PatchAsync(
            BuiltinTypes.ConfigMaps, new("shop", "held"), Patch.Merge(new JsonObject { ["metadata"] = new JsonObject { ["finalizers"] = null } }), CancellationToken.None, new WriteOptions());
        await gone;
        await ResolveAsync(incident);
        Task back = SeenAsync(cache.Namespaces, static change => change is { Key.Name: "shop", New.Ending: false });
        await Client.CreateAsync(BuiltinTypes.Namespaces, "", Encoding.UTF8.GetBytes(Namespace("shop").ToJsonString()), CancellationToken.None);
        await back;
    }

    /// <summary>Deletes a Deployment; returns when the operator's cache has seen it.</summary>
    public Task DeleteDeploymentAsync(string name) => DeleteAsync(cache.Deployments, BuiltinTypes.Deployments, name);

    /// <summary>Ends the incident; returns when the operator's cache has seen it.</summary>
    public async Task ResolveAsync(Incident incident)
    {
        Task over = SeenAsync(incidents, static change => change.New is { } i && !IncidentCache.IsOpen(i));
        JsonObject resolved = new() { ["type"] = ConditionTypes.Resolved, ["status"] = "True", ["reason"] = "Test", ["message"] = "", ["lastTransitionTime"] = Workloads.Time(0), ["observedGeneration"] = 1 };
        await Client.PatchAsync(
            Incident.Type, NamespacedName.Of(incident.Metadata), Patch.Merge(new JsonObject { ["status"] = new JsonObject { ["conditions"] = new JsonArray(resolved) } }),
            CancellationToken.None, new WriteOptions { Subresource = "status" });
        await over;
    }

    /// <summary>Waits until the operator's cache shows the Job.</summary>
    public Task SeesJobAsync(string name) => SeenAsync(cache.Jobs, change => change.Key.Name == name && change.New is not null);

    /// <summary>Returns when the operator's cache leads from the pod to its ReplicaSet and on.</summary>
    public async Task SeesPodAsync(string pod, string replicaSet)
    {
        await SeenAsync(cache.ReplicaSets, change => change.Key.Name == replicaSet && change.New is not null);
        await SeenAsync(cache.Pods, change => change.Key.Name == pod && change.New is not null);
    }

    public async Task<List<Incident>> IncidentsAsync()
    {
        List<Incident> all = [];
        await foreach (Incident incident in Client.ListAsync(new ResourceQuery(Incident.Type), FirstlineJson.Incident, CancellationToken.None))
        {
            all.Add(incident);
        }

        return all;
    }

    /// <summary>The first incident for which <paramref name="until"/> holds, awaited through the watch.</summary>
    public async Task<Incident> IncidentAsync(Func<Incident, bool> until, string what)
    {
        TaskCompletionSource<Incident> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        incidents.AddHandler(change =>
        {
            if (change.New is { } incident && until(incident))
            {
                found.TrySetResult(incident);
            }
        });
        try
        {
            return await found.Task.WaitAsync(Deadline);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException(
                $"{what} did not come about within {Deadline}; there are: {string.Join("; ", incidents.List().Select(static i => System.Text.Json.JsonSerializer.Serialize(i, FirstlineJson.Incident)))}", e);
        }
    }

    /// <summary>Tells each Event as "kind reason".</summary>
    public async Task<EventWatch> WatchEventsAsync(Action<string> tell)
    {
        EventWatch watch = new(Client);
        await watch.StartAsync(tell);
        return watch;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await host;
        await events;
        await controllers.DisposeAsync();
        Client.Dispose();
        stop.Dispose();
        if (ownsServer)
        {
            await server.DisposeAsync();
        }
    }

    private async Task DeleteAsync<T>(Informer<T> informer, ResourceType type, string name)
        where T : class
    {
        Task gone = SeenAsync(informer, change => change.Key.Name == name && change.New is null);
        await Client.DeleteAsync(type, new("shop", name), CancellationToken.None);
        await gone;
    }

    private static async Task SeenAsync<T>(Informer<T> informer, Func<ResourceChange<T>, bool> happened)
        where T : class
    {
        TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        informer.AddHandler(change =>
        {
            if (happened(change))
            {
                seen.TrySetResult();
            }
        });
        await seen.Task.WaitAsync(Deadline);
    }

    private static JsonObject Namespace(string name) => new() { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } };

    /// <summary>Watches Events until it is disposed.</summary>
    internal sealed class EventWatch(KubeClient client) : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly SharedInformers informers = new(client, TimeProvider.System);

        public async Task StartAsync(Action<string> tell)
        {
            Informer<EventWire> events = informers.Get<EventWire>(
                new ResourceQuery(BuiltinTypes.Events), static json => System.Text.Json.JsonSerializer.Deserialize(json, WireJson.Default.EventWire)!);
            events.AddHandler(change => tell($"{change.New?.InvolvedObject?.Kind} {change.New?.Reason}"));
            informers.Start(stop.Token);
            await events.WaitForSyncAsync(CancellationToken.None).WaitAsync(Deadline);
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await informers.StoppedAsync();
            stop.Dispose();
        }
    }

    private sealed class ApplyingStatusWriter(KubeClient client) : IStatusWriter
    {
        public Task<string?> ApplyAsync<TStatus>(
            ResourceType type, ObjectMeta metadata, TStatus status, JsonTypeInfo<TStatus> json, string fieldManager, CancellationToken cancellationToken) =>
            WriteAsync(type, metadata, null, status, json, fieldManager, cancellationToken);

        public Task<string?> ApplyUnchangedAsync<TStatus>(
            ResourceType type, ObjectMeta read, TStatus status, JsonTypeInfo<TStatus> json, string fieldManager, CancellationToken cancellationToken) =>
            WriteAsync(type, read, read.ResourceVersion, status, json, fieldManager, cancellationToken);

        private async Task<string?> WriteAsync<TStatus>(
            ResourceType type, ObjectMeta metadata, string? version, TStatus status, JsonTypeInfo<TStatus> json, string fieldManager, CancellationToken cancellationToken)
        {
            JsonObject body = new()
            {
                ["apiVersion"] = type.ApiVersion,
                ["kind"] = type.Kind,
                ["metadata"] = new JsonObject { ["name"] = metadata.Name, ["namespace"] = metadata.Namespace, ["resourceVersion"] = version },
                ["status"] = System.Text.Json.JsonSerializer.SerializeToNode(status, json),
            };
            KubeResponse answer = await client.ApplyAsync(
                type, NamespacedName.Of(metadata), Encoding.UTF8.GetBytes(body.ToJsonString()), cancellationToken,
                new WriteOptions { FieldManager = fieldManager, Subresource = "status", FieldValidation = FieldValidation.Strict });
            return answer.Header.ResourceVersion;
        }
    }
}
