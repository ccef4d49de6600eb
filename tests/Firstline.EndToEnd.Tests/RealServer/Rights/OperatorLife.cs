using System.Collections.Immutable;
using Firstline.Host;
using FluentAssertions;

namespace Firstline.EndToEnd.Tests.RealServer.Rights;

/// <summary>What happens around the operator so that each of its controllers does once all that it may.</summary>
internal static class OperatorLife
{
    private const string Guarded = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME, annotations: {firstline.dev/guarded: \"true\"}}\ndata: {limit: \"100\"}\n";

    private const string Reported =
        """
        apiVersion: firstline.dev/v1alpha1
        kind: Incident
        metadata: {name: twice}
        spec: {summary: Something is wrong., severity: SEV3, target: {kind: Deployment, name: paused}}
        """;

    private const string Homeless =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: homeless}
        spec: {nodeSelector: {example.com/none: "true"}, containers: [{name: app, image: "registry.example/tool:1"}]}
        """;

    private const string Missed =
        """
        apiVersion: firstline.dev/v1alpha1
        kind: Incident
        metadata: {name: homeless}
        spec: {summary: It does not start., target: {kind: Pod, name: homeless}}
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Plays all of it, and each of the cases of actions, until the operator has used what its controllers declare.</summary>
    public static async Task PlayAsync(RealServerFixture server, Scene scene, IReadOnlyCollection<ActionCase> tried, ImmutableArray<Grant> ofControllers)
    {
        Kubectl cluster = new(server.Kubeconfig, "");
        try
        {
            await using ActionProof proof = await ActionProof.BeginAsync(server, scene.Namespace);
            await ActionStage.SetAsync(scene, cluster);
            await using FirstlineOperator standby = await server.StartStandbyAsync();
            await ForgetSoonAsync(cluster);
            await ExecuteAsync(scene);
            await ForgetAsync(scene);
            await RepeatAsync(scene);
            await PlaceNowhereAsync(scene);
            await scene.WaitingAsync("web");
            await LatePlanner.PlanAgainAsync(server, await scene.IncidentAsync("web", "planned", static i => i.Status?.Remediations.IsEmpty == false));
            await proof.TryAllAsync(tried);
            await UseAsync(server, ofControllers);
        }
        finally
        {
            await ActionStage.ClearAsync(cluster);
        }

        await server.StopOperatorAsync();
    }

    /// <summary>Lets incidents that are over be removed at once.</summary>
    public static Task ForgetSoonAsync(Kubectl cluster) =>
        cluster.RunAsync("patch remediationpolicy default --type=merge --patch={\\\"spec\\\":{\\\"retention\\\":{\\\"keepFor\\\":\\\"1s\\\"}}}");

    /// <summary>Waits until the operator has used these rights; the API server's audit log is the witness.</summary>
    public static async Task UseAsync(RealServerFixture server, ImmutableArray<Grant> rights) => (await UnusedAsync(OfTheControllers(server), rights)).Should().BeEmpty(
        "the controllers declare what they need: take out what is too much, or let OperatorLife play what needs it");

    /// <summary>A guarded ConfigMap that somebody edits.</summary>
    public static async Task EditAsync(Scene scene, string configMap)
    {
        await scene.Kubectl.RunAsync("apply -f -", Guarded.Replace("NAME", configMap, StringComparison.Ordinal));
        await scene.Kubectl.RunAsync($"patch configmap {configMap} --type=merge --patch={{\\\"data\\\":{{\\\"limit\\\":\\\"1\\\"}}}}");
    }

    /// <summary>Somebody puts it back.</summary>
    public static Task RestoreAsync(Scene scene, string configMap) =>
        scene.Kubectl.RunAsync($"patch configmap {configMap} --type=merge --patch={{\\\"data\\\":{{\\\"limit\\\":\\\"100\\\"}}}}");

    /// <summary>Said twice of one object, an Event counts up.</summary>
    public static async Task RepeatAsync(Scene scene)
    {
        await scene.Kubectl.RunAsync("apply -f -", Reported);
        await scene.Kubectl.RunAsync("wait --for=condition=Escalated inc/twice --timeout=60s");
        await scene.Kubectl.RunAsync("patch inc twice --type=merge --patch={\\\"spec\\\":{\\\"severity\\\":\\\"SEV2\\\"}}");
    }

    /// <summary>A pod that is on no node: its diagnosis asks what limits the namespace.</summary>
    public static async Task PlaceNowhereAsync(Scene scene)
    {
        await scene.Kubectl.RunAsync("apply -f -", Homeless);
        await scene.Kubectl.RunAsync("wait --for=condition=PodScheduled=false pod/homeless --timeout=60s");
        await scene.Kubectl.RunAsync("apply -f -", Missed);
    }

    private static Func<IEnumerable<AuditedRequest>> OfTheControllers(RealServerFixture server) =>
        () => server.Audit.Since(server.Began).Where(static r => r.Agent is "firstline-operator" or LatePlanner.Agent);

    private static async Task<ImmutableArray<Grant>> UnusedAsync(Func<IEnumerable<AuditedRequest>> asked, ImmutableArray<Grant> rights)
    {
        using CancellationTokenSource stop = new(Patience);
        using PeriodicTimer again = new(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            AuditedRequest[] all = [.. asked()];
            ImmutableArray<Grant> unused = [.. rights.Where(right => !all.Any(right.Allows))];
            if (unused.IsEmpty || stop.IsCancellationRequested)
            {
                return unused;
            }

            await again.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    // A request is held while it changes something.
    private static async Task ExecuteAsync(Scene scene)
    {
        await EditAsync(scene, "quotas");
        await scene.ApproveAsync(await scene.WaitingAsync("quotas"), "alice");
        await scene.ResolvedAsync("quotas");
    }

    // Nothing was done about it but by a human, so that nothing keeps it.
    private static async Task ForgetAsync(Scene scene)
    {
        await EditAsync(scene, "flags");
        await scene.WaitingAsync("flags");
        await RestoreAsync(scene, "flags");
    }
}
