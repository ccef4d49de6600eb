using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Demo;
using Firstline.Cli.Watching;
using Firstline.DevServer.Simulation;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Informers;
using Firstline.Testing;
using FluentAssertions;

namespace Firstline.EndToEnd.Tests.RealServer;

/// <summary>
/// A namespace of one test on the real server: the library's runbooks in it, a simulated cluster that plays in it alone where the server has no controllers, and who may do what there. Alice
/// and a robot have the approver's role, and so has dora by her team, oncall; mallory and bob may change requests and runbooks, but not approve them.
/// </summary>
internal sealed partial class Scene : IAsyncDisposable
{
    /// <summary>A human who may approve as a member of <see cref="Team"/>, and not by name.</summary>
    public const string Member = "dora";

    /// <summary>A group that has the approver's role.</summary>
    public const string Team = "oncall";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(150);

    private readonly CancellationTokenSource _stop = new();
    private readonly RealServerFixture _server;
    private readonly KubeClient _client;
    private readonly SharedInformers _informers;
    private ClusterSimulation? _simulation;

    private Scene(RealServerFixture server, string ns)
    {
        (_server, Namespace) = (server, ns);
        Kubectl = new Kubectl(server.Kubeconfig, ns);
        _client = server.Connect();
        _informers = new SharedInformers(_client, TimeProvider.System);
        Incidents = new(_informers.Get(new ResourceQuery(Incident.Type, Namespace), FirstlineJson.Incident));
        Requests = new(_informers.Get(new ResourceQuery(RemediationRequest.Type, Namespace), FirstlineJson.RemediationRequest));
        Runbooks = new(_informers.Get(new ResourceQuery(Runbook.Type, Namespace), FirstlineJson.Runbook));
        Workloads = new(_informers.Get(new ResourceQuery(WorkloadView.Deployments, Namespace), WorkloadView.Project));
    }

    public string Namespace { get; }

    /// <summary>A name that no other test has.</summary>
    public static string NewNamespace() => $"real-{Guid.NewGuid():n}"[..13];

    /// <summary>A ServiceAccount that has the approver's role all the same.</summary>
    public string Robot => $"system:serviceaccount:{Namespace}:robot";

    public Kubectl Kubectl { get; }

    public Watched<Incident> Incidents { get; }

    public Watched<RemediationRequest> Requests { get; }

    public Watched<Runbook> Runbooks { get; }

    public Watched<WorkloadView> Workloads { get; }

    /// <param name="server">The server.</param>
    /// <param name="ns">A namespace that is there already; null to make one.</param>
    public static async Task<Scene> OpenAsync(RealServerFixture server, string? ns = null)
    {
        Scene scene = new(server, ns ?? NewNamespace());
        try
        {
            if (ns is null)
            {
                await scene.Kubectl.RunAsync("create -f -", TestRun.Namespace(scene.Namespace));
            }

            await scene.BeginAsync();
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    public Task<WorkloadView> HealthyAsync(string name) => Workloads.UntilAsync($"Deployment/{name} healthy", w => w.Key.Name == name && w.IsHealthy, Limit, CancellationToken.None);

    public Task<Incident> IncidentAsync(string target, string what, Func<Incident, bool> holds) =>
        Incidents.UntilAsync($"incident on {target}: {what}", i => i.Spec.Target.Name == target && holds(i), Limit, CancellationToken.None);

    /// <summary>Waits as a script does: <c>kubectl wait --for=condition=Resolved</c>.</summary>
    public async Task<Incident> ResolvedAsync(string target)
    {
        Incident opened = await IncidentAsync(target, "opened", static _ => true);
        await Kubectl.RunAsync($"wait --for=condition=Resolved inc/{opened.Metadata.Name} --timeout=150s");
        return await IncidentAsync(target, "resolved", static i => IncidentTeller.Is(i.Status, ConditionTypes.Resolved));
    }

    public Task<RemediationRequest> RequestAsync(string target, string what, Func<RemediationRequest, bool> holds) =>
        Requests.UntilAsync($"request on {target}: {what}", r => r.Spec.Plan.Target.Name == target && holds(r), Limit, CancellationToken.None);

    /// <summary>The only request there is, when it has succeeded: incidents and requests are two watches, so that it may be seen later than that its incident is over.</summary>
    public async Task<RemediationRequest> SucceededAsync(string target)
    {
        RemediationRequest succeeded = await RequestAsync(target, "succeeded", static r => r.Status?.Outcome == RemediationOutcome.Succeeded);
        Requests.All.Should().ContainSingle();
        return succeeded;
    }

    /// <summary>A request that stands still until it is approved.</summary>
    public Task<RemediationRequest> WaitingAsync(string target) => Requests.UntilAsync(
        $"request on {target} that waits for approval", r => r.Spec.Plan.Target.Name == target && r.Status?.Gate == "Approval", Limit, CancellationToken.None);

    /// <summary>Approves by typing the very command that the request's next step names; without the group, as it says, where the right is given by name.</summary>
    public Task ApproveAsync(RemediationRequest request, string user, string? group = null)
    {
        string command = ApproveCommand().Match(request.Status!.NextStep!).Groups[1].Value.Replace("<your user name>", user, StringComparison.Ordinal);
        return Kubectl.TypeAsync(
            group is null ? GroupOfApprover().Replace(command, "") : command.Replace("<your group>", group, StringComparison.Ordinal),
            user == Member ? $"{user} --as-group={Team}" : user);
    }

    /// <summary>Approves the runbook's revision by typing the very command that its next step names; returns when it may run by itself.</summary>
    public async Task TrustAsync(string runbook, string user)
    {
        Runbook judged = await RunbookAsync(runbook, "judged", static r => r.Status?.NextStep is not null);
        await Kubectl.TypeAsync(TrustCommand().Match(judged.Status!.NextStep!).Groups[1].Value, user);
        await RunbookAsync(runbook, "approved", static r => r.Status?.EffectiveMode == OperatingMode.Auto);
    }

    /// <summary>What the operator asked of the server in this namespace.</summary>
    public ImmutableArray<AuditedRequest> Asked() => [.. _server.Audit.Since(_server.Began).Where(r => r.Namespace == Namespace)];

    /// <summary>What was refused to the operator, here and where it works for all; the namespaces of other tests are going away.</summary>
    public ImmutableArray<AuditedRequest> Refused() =>
        [.. _server.Audit.Since(_server.Began).Where(r => r.IsRefused && (r.Namespace == Namespace || r.Namespace is "" or "firstline-system"))];

    public async ValueTask DisposeAsync()
    {
        await Kubectl.RunAsync($"delete namespace {Namespace} --wait=false --ignore-not-found");
        await _stop.CancelAsync();
        await _informers.StoppedAsync();
        if (_simulation is not null)
        {
            await _simulation.DisposeAsync();
        }

        _client.Dispose();
        _stop.Dispose();
    }

    private Task<Runbook> RunbookAsync(string name, string what, Func<Runbook, bool> holds) =>
        Runbooks.UntilAsync($"Runbook {name}: {what}", r => r.Metadata.Name == name && holds(r), Limit, CancellationToken.None);

    private async Task BeginAsync()
    {
        await Kubectl.RunAsync("create serviceaccount robot");
        await Kubectl.RunAsync($"create rolebinding approvers --clusterrole=firstline-approver --user=alice --group={Team} --serviceaccount={Namespace}:robot");
        await Kubectl.RunAsync("create role meddler --verb=get,list,patch --resource=remediationrequests.firstline.dev,runbooks.firstline.dev");
        await Kubectl.RunAsync("create rolebinding meddlers --role=meddler --user=mallory --user=bob");
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Checkout.Folder, "runbooks"), "*.yaml"))
        {
            await Kubectl.RunAsync("apply -f -", Own(await File.ReadAllTextAsync(file)));
        }

        _simulation = _server.HasControllers ? null : await ClusterSimulation.StartAsync(await PlayAsync(), CancellationToken.None);
        _informers.Start(_stop.Token);
        await _informers.WaitForSyncAsync(CancellationToken.None);
    }

    // The pods of the simulation are five times as fast as life, so they need to stay healthy for a shorter time.
    private string Own(string runbook) =>
        StableFor().Replace(runbook.Replace("namespace: firstline-system", $"namespace: {Namespace}", StringComparison.Ordinal), "stableFor: 5s");

    private async Task<SimulationOptions> PlayAsync()
    {
        ClusterAccess access = _server.Access;
        X509ChainPolicy trust = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.AddRange(access.Authorities!());
        SocketsHttpHandler handler = new();
        handler.SslOptions.CertificateChainPolicy = trust;
        Credential admin = await access.Credentials.GetAsync(CancellationToken.None);
        return new SimulationOptions { Server = access.Server, BearerToken = admin.Token, Handler = handler, Clock = TimeProvider.System, Speed = 5, Namespaces = [Namespace] };
    }

    [GeneratedRegex(@"To approve: (kubectl [^(]*[^( ])(?: \(.*?\))?\. To refuse")]
    private static partial Regex ApproveCommand();

    [GeneratedRegex(" firstline.dev/approved-groups=\"<your group>\"")]
    private static partial Regex GroupOfApprover();

    [GeneratedRegex("run by itself: (kubectl .*)$")]
    private static partial Regex TrustCommand();

    [GeneratedRegex("stableFor: .*")]
    private static partial Regex StableFor();
}
