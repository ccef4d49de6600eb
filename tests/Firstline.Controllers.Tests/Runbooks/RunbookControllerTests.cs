using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Tests.Remediation;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Runbooks;

public sealed class RunbookControllerTests
{
    [Fact]
    public async Task Runbook_shows_its_revision_its_mode_and_that_it_is_valid()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        FastClock clock = new(20);
        TaskCompletionSource<Runbook> judged = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenSource watches = new();
        SharedInformers informers = new(world.Client, TimeProvider.System);
        informers.Get(new ResourceQuery(Runbook.Type), FirstlineJson.Runbook).AddHandler(change =>
        {
            if (change.New is { Status.Runs: 1 } runbook)
            {
                judged.TrySetResult(runbook);
            }
        });
        informers.Start(watches.Token);
        await using (RunningOperator running = await world.OperatorAsync(clock: clock))
        {
            await world.RequestAsync(static r => r.Status?.Stage == "Verifying");
            await world.SignalAsync(SignalState.Resolved);
            Runbook runbook = await judged.Task.WaitAsync(world.Patience);   // a run counts once it has ended
            runbook.Status!.Success.Should().Be("1/1");
            runbook.Status.Conditions.Should().ContainSingle().Which.Status.Should().Be(ConditionStatus.True);
            runbook.Status.EffectiveMode.Should().Be(OperatingMode.Auto);
            runbook.Status.ApprovedRevision.Should().Be(runbook.Status.Revision);
        }

        await watches.CancelAsync();
        await informers.StoppedAsync();
    }
}
