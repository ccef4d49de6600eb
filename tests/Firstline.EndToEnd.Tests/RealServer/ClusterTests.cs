using Firstline.Api.V1Alpha1;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests.RealServer;

/// <summary>The loop on any cluster: by its own controllers and kubelets where it has some, by a simulation where it has none.</summary>
[Collection(RealServerCollection.Name)]
public sealed class ClusterTests(RealServerFixture server) : IClassFixture<RealServerFixture>
{
    // What a kubelet runs and what the simulation plays say the same: it dies when BROKEN is yes.
    private const string Web =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata:
              labels: {app: web}
              annotations: {sim.firstline.dev/crash-when: "env:BROKEN=yes; log=panic: no PAYMENTS_URL"}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - name: app
                image: IMAGE
                command: [sh, -c, 'if [ "$BROKEN" = yes ]; then echo "panic: no PAYMENTS_URL"; exit 1; fi; sleep 3600']
                env: [{name: BROKEN, value: "no"}]
                readinessProbe: {exec: {command: ["true"]}, initialDelaySeconds: 5, periodSeconds: 5}
        """;

    private static string Image => Environment.GetEnvironmentVariable("FIRSTLINE_TEST_IMAGE") is { Length: > 0 } given ? given : "busybox:1.36";

    [SkippableFact]
    public async Task A_bad_rollout_is_undone_once_a_human_with_the_right_has_approved_the_runbook()
    {
        server.RequireAny();
        await using Scene scene = await Scene.OpenAsync(server);
        (await scene.Kubectl.RefusedAsync("annotate rbk undo-bad-rollout firstline.dev/approved-revision=0", "mallory")).Should().Contain("may not approve runbooks.firstline.dev");
        await scene.TrustAsync("undo-bad-rollout", "alice");
        await scene.Kubectl.RunAsync("apply -f -", Web.Replace("IMAGE", Image, StringComparison.Ordinal));
        await scene.HealthyAsync("web");

        await scene.Kubectl.RunAsync("set env deployment/web BROKEN=yes");
        Incident incident = await scene.ResolvedAsync("web");

        incident.Status!.Hypotheses[0].Cause.Should().Be("BadRollout");
        (await scene.SucceededAsync("web")).Spec.Level.Should().Be(RemediationLevel.L1);
        (await scene.Kubectl.RunAsync("get deployment web -o jsonpath={..env}")).Should().Be("""[{"name":"BROKEN","value":"no"}]""");
        (await scene.HealthyAsync("web")).Ready.Should().Be(3);
        if (server.Audit.IsKept)
        {
            scene.Refused().Should().BeEmpty();
        }
    }
}
