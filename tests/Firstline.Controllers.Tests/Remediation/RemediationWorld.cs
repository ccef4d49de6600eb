using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Controllers.Status;
using Firstline.Core.Facts;
using Firstline.Core.Planning;
using Firstline.DevServer.Http;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Informers;
using Firstline.Kube.Leases;
using Firstline.Testing;
using YamlDotNet.RepresentationModel;

namespace Firstline.Controllers.Tests.Remediation;

/// <summary>
/// An API server with one Deployment whose second revision is broken, its incident and a runbook. What a kubelet and a detector would say
/// follows from the Deployment's pod template alone: web:1 is healthy, anything else is not.
/// </summary>
internal sealed class RemediationWorld : IAsyncDisposable
{
    public const string Good = """{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"app","image":"web:1"}]}}""";
    public const string OperatorNamespace = "firstline-system";
    public static readonly ResourceType Deployments = new("apps", "v1", "Deployment", "deployments", ResourceScope.Namespaced);
    public static readonly NamespacedName Web = new("shop", "web");
    public static readonly NamespacedName IncidentKey = new("shop", "web-crash");
    private static readonly ImmutableArray<JsonObject> Definitions = [.. Directory.GetFiles(Path.Combine(Checkout.Folder, "crds"), "firstline.dev_*.yaml").Select(Yaml)];
    private readonly DevApiServer _server;
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60));
    private readonly CancellationTokenSource _watches = new();
    private readonly SharedInformers _informers;
    private readonly Informer<RemediationRequest> _requests;
    private readonly Informer<Incident> _incidents;

    private RemediationWorld(DevApiServer server)
    {
        _server = server;
        Client = NewClient();
        _informers = new(Client, TimeProvider.System);
        _requests = _informers.Get(new ResourceQuery(RemediationRequest.Type), FirstlineJson.RemediationRequest);
        _incidents = _informers.Get(new ResourceQuery(Incident.Type), FirstlineJson.Incident);
        _informers.Start(_watches.Token);
    }

    public KubeClient Client { get; }

    public CancellationToken Patience => _patience.Token;

    /// <param name="runbook">Changes the runbook.</param>
    /// <param name="policy">What may be done; all of it where none is given.</param>
    /// <param name="clock">The API server's; that of the world where none is given.</param>
    /// <param name="runbookNamespace">Namespace of the runbook.</param>
    public static async Task<RemediationWorld> StartAsync(Func<RunbookSpec, RunbookSpec>? runbook = null, RemediationPolicySpec? policy = null, TimeProvider? clock = null, string runbookNamespace = OperatorNamespace)
    {
        DevServerOptions options = new()
        {
            Time = clock ?? TimeProvider.System,
            Security = TransportSecurity.None,
            AdminToken = "secret",
            InitialObjects = [.. Definitions, Namespace("shop"), Namespace(OperatorNamespace)],
        };
        RemediationWorld world = new(await DevApiServer.StartAsync(options, CancellationToken.None));
        await world._informers.WaitForSyncAsync(world.Patience);
        await world.FillAsync(runbook ?? (static s => s), policy ?? Policy, runbookNamespace);
        return world;
    }

    public static RemediationPolicySpec Policy { get; } = new() { MaxMode = OperatingMode.Auto, Approvals = new() { AllowUnverified = true } };

    public KubeClient NewClient() => new(
        new ClusterAccess { Server = _server.Url, Credentials = new StaticCredentials(new Credential { Token = "secret" }) }, TimeProvider.System, new KubeClientOptions { MaxRetries = 0 });

    /// <summary>Starts an operator; several may follow one another, as after a crash.</summary>
    public async Task<RunningOperator> OperatorAsync(IKubeClient? client = null, TimeProvider? clock = null, OutsidePorts? outside = null, VerifierFacts? verifiers = null) =>
        await RunningOperator.StartAsync(client ?? NewClient(), Patience, clock: clock, outside: outside, verifiers: verifiers);

    /// <summary>Waits until a request is as wanted, and returns it.</summary>
    public Task<RemediationRequest> RequestAsync(Func<RemediationRequest, bool> wanted) => Until(_requests, wanted);

    /// <summary>Waits until the incident is as wanted, and returns it.</summary>
    public Task<Incident> IncidentAsync(Func<Incident, bool> wanted) => Until(_incidents, wanted);

    public async Task<JsonNode> DeploymentAsync() => JsonNode.Parse((await Client.GetAsync(Deployments, Web, Patience)).Body.Span)!;

    public async Task<string> ImageAsync() => (string)(await DeploymentAsync())["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!;

    public async Task<long> GenerationAsync() => (long)(await DeploymentAsync())["metadata"]!["generation"]!;

    public Task AnnotateAsync(RemediationRequest request, string key, string value) => Client.PatchAsync(
        RemediationRequest.Type, NamespacedName.Of(request.Metadata), Annotation(key, value), Patience);

    /// <summary>As a human closes the incident.</summary>
    public Task CloseAsync(string why) => Client.PatchAsync(Incident.Type, IncidentKey, Annotation(AnnotationNames.Resolved, why), Patience);

    public Task DeleteAsync(ResourceType type, NamespacedName key) => Client.DeleteAsync(type, key, Patience, new DeleteOptions { Propagation = DeletionPropagation.Background });

    /// <summary>Waits until a request is gone.</summary>
    public async Task GoneAsync(RemediationRequest request)
    {
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests.AddHandler(change =>
        {
            if (change.New is null && change.Old!.Metadata.Uid == request.Metadata.Uid)
            {
                gone.TrySetResult();
            }
        });
        if (_requests.HasSynced && _requests.Find(NamespacedName.Of(request.Metadata)) is null)
        {
            return;
        }

        try
        {
            await gone.Task.WaitAsync(Patience);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"not gone in time; what is there instead: {Picture()}", e);
        }
    }

    public Task PatchDeploymentAsync(JsonObject patch) => Client.PatchAsync(Deployments, Web, Patch.Merge(patch), Patience);

    public Task SetPolicyAsync(JsonObject spec) => Client.PatchAsync(
        RemediationPolicy.Type, new("", RemediationPolicy.DefaultName), Patch.Merge(new() { ["spec"] = spec }), Patience);

    /// <summary>What detection would write.</summary>
    public Task SignalAsync(SignalState state) => SignalAsync(IncidentKey, state);

    /// <summary>What detection would write on that incident.</summary>
    public async Task SignalAsync(NamespacedName key, SignalState state)
    {
        Incident incident = await Client.GetAsync(Incident.Type, key, FirstlineJson.Incident, Patience);
        IncidentStatus status = new() { Signals = [new() { Fingerprint = "crash", Source = IncidentSource.Detector, Name = "CrashLoop", State = state, Count = 1 }] };
        await new StatusWriter(Client, new AlwaysLeader()).ApplyAsync(Incident.Type, incident.Metadata, status, FirstlineJson.Of<IncidentStatus>(), FieldManagers.Detection, Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await _watches.CancelAsync();
        await _informers.StoppedAsync();
        Client.Dispose();
        await _server.DisposeAsync();
        _watches.Dispose();
        _patience.Dispose();
    }

    private static JsonObject Namespace(string name) =>
        new() { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } };

    private static Patch Annotation(string key, string value) =>
        Patch.Merge(new() { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [key] = value } } });

    private async Task FillAsync(Func<RunbookSpec, RunbookSpec> change, RemediationPolicySpec policy, string runbookNamespace)
    {
        string deployment = $$$"""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":4,"selector":{"matchLabels":{"app":"web"}},"template":{{{Good.Replace("web:1", "web:2", StringComparison.Ordinal)}}}}}""";
        await Client.CreateAsync(Deployments, "shop", System.Text.Encoding.UTF8.GetBytes(deployment), Patience);
        string uid = (string)(await DeploymentAsync())["metadata"]!["uid"]!;
        RemediationPolicy rules = new() { Metadata = new() { Name = RemediationPolicy.DefaultName }, Spec = policy };
        await Client.CreateAsync(RemediationPolicy.Type, "", rules, FirstlineJson.RemediationPolicy, Patience);
        RunbookSpec spec = change(new()
        {
            Description = "takes it back",
            Match = new() { Causes = [Causes.BadRollout], MinConfidencePercent = 70 },
            Level = RemediationLevel.L1,
            Mode = OperatingMode.Auto,
            Steps = [new() { Name = "undo", Action = "RolloutUndo" }],
            Verification = new() { TargetHealthy = true, SignalResolved = true, StableFor = Milliseconds(20), Timeout = Milliseconds(60_000) },
            OnFailure = FailureAction.RollBack,
        });
        Runbook runbook = new() { Metadata = new() { Name = "undo", Namespace = runbookNamespace }, Spec = spec };
        Runbook stored = (await Client.CreateAsync(Runbook.Type, runbookNamespace, runbook, FirstlineJson.Runbook, Patience)).Read(FirstlineJson.Runbook);
        await Client.PatchAsync(Runbook.Type, NamespacedName.Of(stored.Metadata), Annotation(AnnotationNames.ApprovedRevision, RunbookRevision.Of(stored.Spec)), Patience);
        TargetRef web = new() { ApiVersion = "apps/v1", Kind = "Deployment", Name = "web", Uid = uid };
        await OpenIncidentAsync(IncidentKey, web, web, Causes.BadRollout);
    }

    /// <summary>An incident with a firing signal and a diagnosis, as detection and diagnosis would leave it.</summary>
    public async Task OpenIncidentAsync(NamespacedName key, TargetRef target, TargetRef fault, string cause)
    {
        Incident incident = new()
        {
            Metadata = new() { Name = key.Name, Namespace = key.Namespace },
            Spec = new() { Source = IncidentSource.Detector, Target = target, Summary = $"{target} is in trouble" },
        };
        Incident stored = (await Client.CreateAsync(Incident.Type, key.Namespace, incident, FirstlineJson.Incident, Patience)).Read(FirstlineJson.Incident);
        await SignalAsync(key, SignalState.Firing);
        IncidentStatus diagnosis = new()
        {
            Hypotheses = [new() { Id = "H1", Cause = cause, Statement = $"{fault} is at fault", ConfidencePercent = 90, Resource = fault, EvidenceFor = ["E1"] }],
            Conditions = [new() { Type = ConditionTypes.Diagnosed, Status = ConditionStatus.True, Reason = "HypothesesReady", LastTransitionTime = DateTimeOffset.UtcNow }],
        };
        await new StatusWriter(Client, new AlwaysLeader()).ApplyAsync(Incident.Type, stored.Metadata, diagnosis, FirstlineJson.Of<IncidentStatus>(), FieldManagers.Diagnosis, Patience);
    }

    public static Duration Milliseconds(int count) => Duration.From(TimeSpan.FromMilliseconds(count));

    private async Task<T> Until<T>(Informer<T> informer, Func<T, bool> wanted)
        where T : class
    {
        TaskCompletionSource<T> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        informer.AddHandler(change =>
        {
            if (change.New is { } now && wanted(now))
            {
                found.TrySetResult(now);
            }
        });
        if (informer.List().FirstOrDefault(wanted) is { } already)
        {
            return already;
        }

        try
        {
            return await found.Task.WaitAsync(Patience);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"not seen in time; what is there instead: {Picture()}", e);
        }
    }

    private string Picture() => string.Join("; ", _incidents.List().Select(static i => $"{i.Metadata.Name}: {i.Status?.Stage}, {i.Status?.NextStep}")
        .Concat(_requests.List().Select(static r => $"{r.Metadata.Name}: {r.Status?.Stage}, {r.Status?.NextStep}, finalizers {string.Join(",", r.Metadata.Finalizers)}, deletion {r.Metadata.DeletionTimestamp}")));

    private static JsonObject Yaml(string path)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(File.ReadAllText(path)));
        return (JsonObject)Json(stream.Documents[0].RootNode)!;
    }

    internal static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(static p => KeyValuePair.Create(((YamlScalarNode)p.Key).Value!, Json(p.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "true" or "false" } flag => flag.Value == "true",
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain } number when long.TryParse(number.Value, out long whole) => whole,
        YamlScalarNode text => text.Value,
        _ => throw new InvalidDataException("aliases are not used in definitions"),
    };
}
