using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Cluster;
using Firstline.Cli.Development;
using Firstline.Cli.Yaml;
using Firstline.Host.Options;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Informers;
using Firstline.Testing;
using Microsoft.Extensions.Logging;

namespace Firstline.Benchmarks.Crashes;

/// <summary>API server and simulated cluster on a fast clock, two people who approve whatever waits for them, and eyes on it all. One round after the other is played on it.</summary>
internal sealed class Theatre : IAsyncDisposable
{
    public const string OperatorNamespace = DevEnvironment.OperatorNamespace;

    /// <summary>How much faster than the world its clock runs. Waits of a few ms become a tenth of a second, far below every timeout.</summary>
    private const double ClockFactor = 20;

    /// <summary>How much faster than a real cluster its pods are, beside that.</summary>
    private const double Speed = 5;

    public static readonly ResourceType Nodes = new("", "v1", "Node", "nodes", ResourceScope.Cluster);

    private static readonly ResourceType Namespaces = new("", "v1", "Namespace", "namespaces", ResourceScope.Cluster);

    // Nobody here can tell more than the operator.
    private static readonly Patch Kept = Patch.Merge(new() { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [AnnotationNames.Answer] = "keep" } } });

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Task> _leaving = new();
    private readonly DevFolder _folder;
    private DevEnvironment _environment;
    private readonly SharedInformers _informers;
    private readonly ImmutableArray<KubeClient> _people;

    private Theatre(DevFolder folder, ILoggerFactory logs, DevEnvironment environment, FastClock clock, Moments moments)
    {
        (_folder, Logs, _environment, Clock) = (folder, logs, environment, clock);
        Log = new RequestLog(moments) { Port = environment.Server.Port };
        Moments = moments;
        (Server, Token) = Connect(environment);
        Client = ClientOf(environment, null);
        _people = [.. DevOptions.People.Select(p => ClientOf(environment, p))];
        _informers = new SharedInformers(Client, TimeProvider.System);
        Picture = new Picture(_informers);
        Picture.Waiting += request => _leaving.Enqueue(PersistAsync(ct => ApproveAsync(request, ct)));
        Picture.Asking += request => _leaving.Enqueue(PersistAsync(ct => _people[0].PatchAsync(RemediationRequest.Type, NamespacedName.Of(request.Metadata), Kept, ct)));
    }

    public FastClock Clock { get; }

    public ILoggerFactory Logs { get; }

    public Moments Moments { get; }

    /// <summary>What the API server was asked by operators.</summary>
    public RequestLog Log { get; }

    /// <summary>What the API server holds.</summary>
    public Picture Picture { get; }

    /// <summary>A connection to the API server without a credential of its own.</summary>
    public HttpClient Server { get; }

    /// <summary>What an operator shows to it.</summary>
    public string Token { get; }

    /// <summary>A connection as admin, with the patience of the world's clock.</summary>
    public KubeClient Client { get; }

    /// <param name="isDurable">Whether its API server can be started anew: its objects are then kept in files.</param>
    public static async Task<Theatre> StartAsync(bool isDurable = false)
    {
        FastClock clock = new(ClockFactor);
        DevFolder folder = DevFolder.Open(isDurable ? Directory.CreateTempSubdirectory("firstline-theatre-").FullName : null);
        ILoggerFactory logs = folder.CreateLog(clock);
        DevEnvironment environment = await DevEnvironment.StartAsync(Options(0), folder, logs, clock, CancellationToken.None);
        Theatre theatre = new(folder, logs, environment, clock, new Moments());
        theatre._informers.Start(theatre._stop.Token);
        await theatre._informers.WaitForSyncAsync(CancellationToken.None);
        await theatre.LiftLimitsAsync();
        return theatre;
    }

    /// <summary>Stops API server and simulated cluster in order, and starts them again where they were; all connections break.</summary>
    public async Task RestartServerAsync()
    {
        int port = _environment.Server.Port;
        await _environment.DisposeAsync();
        _environment = await DevEnvironment.StartAsync(Options(port), _folder, Logs, Clock, CancellationToken.None);
        await LiftLimitsAsync();
    }

    /// <summary>A new life of an operator.</summary>
    public Incarnation Bear(Uri server, LeaderElectionMode mode = LeaderElectionMode.Off, TimeProvider? clock = null, X509Certificate2? authority = null) =>
        new(server, authority, Token, mode, clock ?? Clock, Logs);

    /// <summary>Lets a dead operator leave this process, without waiting for it.</summary>
    public void Abandon(params IAsyncDisposable[] remains) => _leaving.Enqueue(Task.Run(async () =>
    {
        foreach (IAsyncDisposable one in remains)
        {
            await one.DisposeAsync();
        }
    }));

    /// <summary>As <c>kubectl apply --server-side</c>, into a namespace.</summary>
    public Task ApplyAsync(string yaml, string ns) => new Seed(Client, TimeProvider.System).ApplyAsync(YamlFile.ParseJson(yaml.Replace("NAMESPACE", ns, StringComparison.Ordinal)), CancellationToken.None);

    /// <summary>As <c>kubectl apply</c>: what is declared is remembered in kubectl's annotation.</summary>
    public async Task DeclareAsync(JsonObject manifest, string ns)
    {
        string declared = manifest.ToJsonString();
        JsonObject annotations = manifest["metadata"]!["annotations"] as JsonObject ?? [];
        annotations[AnnotationNames.LastApplied] = declared;
        manifest["metadata"]!["annotations"] ??= annotations;
        await Client.CreateAsync(
            KnownKinds.Of(manifest), ns, Encoding.UTF8.GetBytes(manifest.ToJsonString()), CancellationToken.None, new WriteOptions { FieldManager = "kubectl-client-side-apply" });
    }

    /// <summary>As <c>kubectl create</c>, of an object of the cluster in JSON.</summary>
    public Task CreateAsync(ResourceType type, string json) => Client.CreateAsync(type, "", Encoding.UTF8.GetBytes(json), CancellationToken.None);

    public Task PatchAsync(ResourceType type, NamespacedName key, string json, string subresource = "") => Client.PatchAsync(
        type, key, Patch.Strategic((JsonObject)JsonNode.Parse(json)!), CancellationToken.None, new WriteOptions { FieldManager = "kubectl-edit", Subresource = subresource });

    /// <summary>An object as it is; null when it is not there.</summary>
    public async Task<JsonNode?> FindAsync(ResourceType type, NamespacedName key)
    {
        try
        {
            return (await Client.GetAsync(type, key, CancellationToken.None)).ReadTree();
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.NotFound)
        {
            return null;
        }
    }

    public Task OpenAsync(string ns) => ApplyAsync("{apiVersion: v1, kind: Namespace, metadata: {name: NAMESPACE}}", ns);

    /// <summary>The nodes that a round may make: the one that gets into trouble, which has the name of the round's namespace, and another one for its pods.</summary>
    public static ImmutableArray<string> NodesOf(string ns) => [ns, $"{ns}-other"];

    /// <summary>Removes all that a round left, with nobody there to take finalizers away.</summary>
    /// <exception cref="TimeoutException">Something holds its deletion.</exception>
    public async Task CloseAsync(string ns, TimeSpan limit)
    {
        foreach (Incident incident in Picture.IncidentsOf(ns).Where(static i => i.Spec.Target.Kind == "Node"))
        {
            await Client.DeleteAsync(Incident.Type, NamespacedName.Of(incident.Metadata), CancellationToken.None);
        }

        foreach (string node in NodesOf(ns))
        {
            if (await FindAsync(Nodes, new("", node)) is not null)
            {
                await Client.DeleteAsync(Nodes, new("", node), CancellationToken.None);
            }
        }

        await Client.DeleteAsync(Namespaces, new("", ns), CancellationToken.None);
        await Picture.UntilAsync($"namespace {ns} gone", () => Picture.IsGone(ns), limit);
    }

    /// <summary>The last lines of the operators' log.</summary>
    public ImmutableArray<string> LastWords => [.. File.ReadLines(_folder.Log).Where(static l => l.Contains("Firstline.", StringComparison.Ordinal)).TakeLast(40)];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _informers.StoppedAsync();
        await Task.WhenAll(_leaving);
        Server.Dispose();
        Client.Dispose();
        foreach (KubeClient person in _people)
        {
            person.Dispose();
        }

        Log.Dispose();
        await _environment.DisposeAsync();
        Logs.Dispose();
        _folder.Dispose();
        if (_folder.Objects is not null)
        {
            Directory.Delete(_folder.Path, recursive: true);
        }

        _stop.Dispose();
    }

    private static DevOptions Options(int port) => new() { Operator = Part.Off, Speed = Speed, Port = port };

    private async Task LiftLimitsAsync()
    {
        NamespacedName policy = new("", RemediationPolicy.DefaultName);
        JsonObject quorum = new() { ["spec"] = new JsonObject { ["approvals"] = new JsonObject { ["quorum"] = new JsonArray(new JsonObject { ["levels"] = new JsonArray("L2"), ["approvers"] = DevOptions.People.Length }) } } };
        await Client.PatchAsync(RemediationPolicy.Type, policy, LiftedLimits.AsPatch(), CancellationToken.None);
        await Client.PatchAsync(RemediationPolicy.Type, policy, Patch.Merge(quorum), CancellationToken.None);
    }

    // One after the other, each when the approvals before are recorded; nobody is left for more than are asked for.
    private Task ApproveAsync(RemediationRequest request, CancellationToken ct) =>
        (request.Status?.Approvals.Length ?? 0) is var next && next < _people.Length ? Approval.GiveAsync(_people[next], request, DevOptions.People[next], [], ct) : Task.CompletedTask;

    // As a person does, who tries again when the server does not answer.
    private async Task PersistAsync(Func<CancellationToken, Task> act)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await act(_stop.Token);
                return;
            }
            catch (KubeException e) when (e.Kind is KubeErrorKind.NotFound or KubeErrorKind.Conflict or KubeErrorKind.Invalid)
            {
                return;   // it is gone with its round
            }
            catch (KubeException e) when (e.IsTransient)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private static KubeClient ClientOf(DevEnvironment environment, string? user) =>
        new(KubeConfig.Load(new KubeConfigOptions { Path = environment.Kubeconfig, Context = user, Clock = TimeProvider.System }), TimeProvider.System, ClusterClient.Options);

    private static (HttpClient Server, string Token) Connect(DevEnvironment environment)
    {
        JsonNode file = YamlFile.ParseJson(File.ReadAllText(environment.Kubeconfig))[0]!;
        byte[] authority = Convert.FromBase64String(file["clusters"]![0]!["cluster"]!["certificate-authority-data"]!.GetValue<string>());
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(Encoding.UTF8.GetString(authority));
        SocketsHttpHandler handler = new() { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } };
        string admin = file["contexts"]!.AsArray().Single(c => c!["name"]!.GetValue<string>() == file["current-context"]!.GetValue<string>())!["context"]!["user"]!.GetValue<string>();
        string token = file["users"]!.AsArray().Single(u => u!["name"]!.GetValue<string>() == admin)!["user"]!["token"]!.GetValue<string>();
        return (new HttpClient(handler) { BaseAddress = environment.Server, Timeout = Timeout.InfiniteTimeSpan }, token);
    }
}
