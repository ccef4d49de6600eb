using System.Collections.Immutable;

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

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Plays all of it.</summary>
    public static async Task PlayAsync(Scene scene, Kubectl cluster)
    {
        await cluster.RunAsync("patch remediationpolicy default --type=merge --patch={\\\"spec\\\":{\\\"retention\\\":{\\\"keepFor\\\":\\\"1s\\\"}}}");
        await ExecuteAsync(scene);
        await ForgetAsync(scene);
        await RepeatAsync(scene);
    }

    /// <summary>Waits until the operator has used these rights; the API server's audit log is the witness.</summary>
    /// <returns>Those that it has not used after a minute.</returns>
    public static async Task<ImmutableArray<Right>> UnusedAsync(Func<IEnumerable<AuditedRequest>> asked, ImmutableArray<Right> rights)
    {
        using CancellationTokenSource stop = new(Patience);
        using PeriodicTimer again = new(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            ImmutableArray<Right> unused = [.. rights.Except(asked().Select(Right.Of))];
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
        await scene.Kubectl.RunAsync("patch configmap flags --type=merge --patch={\\\"data\\\":{\\\"limit\\\":\\\"100\\\"}}");
    }

    // Said twice of one object, an Event counts up.
    private static async Task RepeatAsync(Scene scene)
    {
        await scene.Kubectl.RunAsync("apply -f -", Reported);
        await scene.Kubectl.RunAsync("wait --for=condition=Escalated inc/twice --timeout=60s");
        await scene.Kubectl.RunAsync("patch inc twice --type=merge --patch={\\\"spec\\\":{\\\"severity\\\":\\\"SEV2\\\"}}");
    }

    private static async Task EditAsync(Scene scene, string configMap)
    {
        await scene.Kubectl.RunAsync("apply -f -", Guarded.Replace("NAME", configMap, StringComparison.Ordinal));
        await scene.Kubectl.RunAsync($"patch configmap {configMap} --type=merge --patch={{\\\"data\\\":{{\\\"limit\\\":\\\"1\\\"}}}}");
    }
}
