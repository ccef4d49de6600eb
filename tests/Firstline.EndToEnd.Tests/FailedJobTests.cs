using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests;

public sealed class FailedJobTests : LoopTest
{
    private static readonly ResourceType ConfigMaps = new("", "v1", "ConfigMap", "configmaps", ResourceScope.Namespaced);
    private static readonly ResourceType CronJobs = new("batch", "v1", "CronJob", "cronjobs", ResourceScope.Namespaced);

    private const string Nightly =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: database, namespace: shop}
        data: {state: down}
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: nightly, namespace: shop}
        spec:
          schedule: "* * * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              backoffLimit: 0
              template:
                metadata:
                  labels: {app: nightly}
                  annotations: {sim.firstline.dev/crash-when: "configmap:database/state=down"}
                spec:
                  restartPolicy: Never
                  containers: [{name: app, image: registry.example/nightly:1}]
        """;

    [Fact]
    public async Task A_failed_Job_is_deleted_after_approval_and_its_CronJob_goes_on()
    {
        await Loop.ApplyAsync(Nightly);
        RemediationRequest waiting = await Loop.WaitingAsync("nightly");
        await Loop.PatchAsync(ConfigMaps, "database", """{"data":{"state":"up"}}""");
        await Loop.ApproveAsync(waiting, "alice");

        await Loop.ResolvedAsync("nightly");

        waiting.Spec.Runbook.Name.Should().Be("delete-failed-job");
        waiting.Spec.LevelReasons.Should().NotBeEmpty("the runbook says L1, and a Job that is gone can't be brought back");
        (await Loop.GetAsync(CronJobs, "nightly"))["spec"]!["suspend"]?.GetValue<bool>().Should().BeFalse();
    }
}
