using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests;

public sealed class DriftedConfigTests : LoopTest
{
    private static readonly ResourceType ConfigMaps = new("", "v1", "ConfigMap", "configmaps", ResourceScope.Namespaced);

    [Fact]
    public async Task A_guarded_ConfigMap_that_was_edited_is_restored_after_approval()
    {
        await Loop.DeclareAsync(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: limits, namespace: shop, annotations: {firstline.dev/guarded: "true"}}
            data: {maxOrders: "100", currency: EUR}
            """);
        await Loop.PatchAsync(ConfigMaps, "limits", """{"data":{"maxOrders":"1","surprise":"x"}}""");
        RemediationRequest waiting = await Loop.WaitingAsync("limits");
        (await Loop.GetAsync(ConfigMaps, "limits"))["data"]!["maxOrders"]!.ToString().Should().Be("1", "it waits");

        await Loop.ApproveAsync(waiting, "bob");
        await Loop.ResolvedAsync("limits");

        waiting.Spec.Should().Match<RemediationRequestSpec>(static s => s.Level == RemediationLevel.L2 && s.Runbook.Name == "restore-drifted-config");
        (await Loop.GetAsync(ConfigMaps, "limits"))["data"]!.ToJsonString().Should().Be("""{"currency":"EUR","maxOrders":"100"}""");
    }
}
