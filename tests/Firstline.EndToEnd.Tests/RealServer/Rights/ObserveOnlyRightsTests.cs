using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Host;
using Firstline.Kube.Client;
using Firstline.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Firstline.EndToEnd.Tests.RealServer.Rights;

/// <summary>
/// The role of config/overlays/observe-only holds what is needed and no more. What nothing of its own needs, what was begun before needs: a cluster goes over to the overlay with a request that is
/// being verified and with one that waits for an approval. And a policy that is missing has requests made, which wait for it.
/// </summary>
[Collection(RealServerCollection.Name)]
public sealed class ObserveOnlyRightsTests(ObserveOnlyFixture server, ITestOutputHelper output) : IClassFixture<ObserveOnlyFixture>
{
    private const string VerifyLonger = "patch rbk restore-drifted-config --type=merge --patch={\\\"spec\\\":{\\\"verify\\\":{\\\"stableFor\\\":\\\"15s\\\"}}}";

    [SkippableFact]
    public async Task Each_right_of_an_operator_that_only_observes_is_needed_and_none_is_missing()
    {
        server.Require();
        Kubectl cluster = new(server.Kubeconfig, "");
        using KubeClient administrator = server.Connect();
        OperatorRoles roles = new(administrator, OperatorRoles.Cluster, OperatorRoles.Own);
        await using Scene scene = await Scene.OpenAsync(server);
        RemediationRequest waiting = await LeaveOverAsync(scene, cluster);

        await server.InstallAndStartAsync();
        ImmutableArray<Grant> installed = await roles.ReadAsync();
        await ObserveAsync(scene, cluster, waiting);
        DateTimeOffset withoutPolicy = TimeProvider.System.GetUtcNow();
        await LosePolicyAsync(scene, cluster);
        await OperatorLife.UseAsync(server, installed);
        await server.StopOperatorAsync();

        // What would be changed is not for this role to read: without a policy of Observe it is asked for, and planned without.
        await new NeedProof(server, roles, output).EachIsNeededAsync(
            installed, [.. server.Audit.Since(server.Began).Where(r => !(r is { Code: 403, Verb: "get", Agent: "firstline-operator" or LatePlanner.Agent } && r.ReceivedAt >= withoutPolicy))]);
    }

    // As config/default leaves it.
    private async Task<RemediationRequest> LeaveOverAsync(Scene scene, Kubectl cluster)
    {
        await cluster.RunAsync($"apply --server-side --force-conflicts -k {Checkout.Folder}/config/default");
        await cluster.RunAsync("apply --server-side --force-conflicts -f -", RealServerFixture.Auto);
        await scene.Kubectl.RunAsync(VerifyLonger);
        await OperatorLife.EditAsync(scene, "flags");
        RemediationRequest waiting = await scene.WaitingAsync("flags");
        await OperatorLife.EditAsync(scene, "quotas");
        await scene.ApproveAsync(await scene.WaitingAsync("quotas"), "alice");
        await scene.RequestAsync("quotas", "being verified", static r => Is(r, ConditionTypes.Executed) && r.Status!.Outcome is null);
        await server.StopOperatorAsync();
        return waiting;
    }

    private async Task ObserveAsync(Scene scene, Kubectl cluster, RemediationRequest waiting)
    {
        await using FirstlineOperator standby = await server.StartStandbyAsync();
        await OperatorLife.ForgetSoonAsync(cluster);
        await scene.ApproveAsync(waiting, "alice");
        await OperatorLife.RepeatAsync(scene);
        await OperatorLife.PlaceNowhereAsync(scene);
        await OperatorLife.EditAsync(scene, "limits");
        await scene.IncidentAsync("limits", "told", static i => i.Status?.NextStep?.Contains("Observe", StringComparison.Ordinal) == true);
        await OperatorLife.RestoreAsync(scene, "limits");
        await scene.RequestAsync("quotas", "over and let go", static r => r.Status?.Outcome is not null && r.Metadata.Finalizers.IsEmpty);
        await scene.Kubectl.RunAsync("apply -f -", Workload.Of("web", 2, "sim.firstline.dev/crash-when: 'image=*/web:2; log=panic: no PAYMENTS_URL'"));
        await scene.HealthyAsync("web");
        await scene.Kubectl.RunAsync("set image deployment/web app=registry.example/web:2");
        await scene.IncidentAsync("web", "told", static i => i.Status?.NextStep?.Contains("Observe", StringComparison.Ordinal) == true);
    }

    private async Task LosePolicyAsync(Scene scene, Kubectl cluster)
    {
        await cluster.RunAsync("delete remediationpolicy default");
        await OperatorLife.EditAsync(scene, "rates");
        await LatePlanner.PlanAgainAsync(server, await scene.IncidentAsync("rates", "planned", static i => i.Status?.Remediations.IsEmpty == false));
    }

    private static bool Is(RemediationRequest request, string condition) =>
        request.Status?.Conditions.Any(c => c.Type == condition && c.Status == ConditionStatus.True) == true;
}
