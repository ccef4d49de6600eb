using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Tests.Remediation;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Policies;

public sealed class PolicyControllerTests
{
    [Fact]
    public async Task Policy_that_names_a_detector_which_there_is_not_says_so_until_it_is_corrected()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        using CancellationTokenSource watches = new();
        SharedInformers informers = new(world.Client, TimeProvider.System);
        Informer<RemediationPolicy> policies = informers.Get(new ResourceQuery(RemediationPolicy.Type), FirstlineJson.RemediationPolicy);
        await using (RunningOperator running = await world.OperatorAsync())
        {
            Task<RemediationPolicy> wrong = SeenAsync(policies, "UnknownDetector"), right = SeenAsync(policies, "PolicyValid");
            informers.Start(watches.Token);
            await right.WaitAsync(world.Patience);
            await NameAsync(world, "Crashloop");
            (await wrong.WaitAsync(world.Patience)).Status!.Conditions.Should().ContainSingle()
                .Which.Message.Should().Contain("patience slow names detector Crashloop");
            right = SeenAsync(policies, "PolicyValid");
            await NameAsync(world, "CrashLoop");
            await right.WaitAsync(world.Patience);
        }

        await watches.CancelAsync();
        await informers.StoppedAsync();
    }

    private static Task<KubeResponse> NameAsync(RemediationWorld world, string detector) => world.Client.PatchAsync(
        RemediationPolicy.Type, new("", RemediationPolicy.DefaultName),
        Patch.Merge(new JsonObject { ["spec"] = JsonNode.Parse($$"""{"patience": [{"name": "slow", "detectors": ["{{detector}}"], "lastsFor": "1m"}]}""") }), CancellationToken.None);

    // A status of the spec as it is: of the one before, nothing is awaited.
    private static Task<RemediationPolicy> SeenAsync(Informer<RemediationPolicy> policies, string reason)
    {
        TaskCompletionSource<RemediationPolicy> seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        policies.AddHandler(change =>
        {
            if (change.New is { Status: { } status } policy && status.ObservedGeneration == policy.Metadata.Generation && status.Conditions.Any(c => c.Reason == reason))
            {
                seen.TrySetResult(policy);
            }
        });
        return seen.Task;
    }
}
