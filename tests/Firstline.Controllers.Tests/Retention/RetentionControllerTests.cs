using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Retention;
using Firstline.Controllers.Status;
using Firstline.Controllers.Tests.Remediation;
using Firstline.Core.Facts;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;
using Firstline.Kube.Leases;
using Firstline.Kube.Runtime;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Firstline.Controllers.Tests.Retention;

public sealed class RetentionControllerTests
{
    private static readonly NamespacedName Old = new("shop", "old-crash");
    private static readonly TargetRef Api = new() { ApiVersion = "apps/v1", Kind = "Deployment", Name = "api", Uid = "api-uid" };

    [Fact]
    public async Task An_incident_that_was_over_long_ago_is_removed_and_the_others_stay()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Level = RemediationLevel.L2 });
        await world.OpenIncidentAsync(Old, Api, Api, Causes.BadRollout);
        await world.SignalAsync(Old, SignalState.Resolved);
        await ResolveAsync(world, DateTimeOffset.UtcNow.AddDays(-31));
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenSource watches = new();
        SharedInformers informers = new(world.Client, TimeProvider.System);
        informers.Get(new ResourceQuery(Incident.Type), FirstlineJson.Incident).AddHandler(change =>
        {
            if (change.IsDeleted && change.Key == Old)
            {
                gone.TrySetResult();
            }
        });
        informers.Start(watches.Token);
        await informers.WaitForSyncAsync(world.Patience);

        await using (RunningOperator running = await world.OperatorAsync())
        {
            await gone.Task.WaitAsync(world.Patience);
            await world.RequestAsync(static r => r.Status?.Stage == "AwaitingApproval");
            (await world.Client.GetAsync(Incident.Type, RemediationWorld.IncidentKey, FirstlineJson.Incident, world.Patience)).Metadata.DeletionTimestamp.Should().BeNull();
            await running.Events.TellsAsync(RetentionReasons.IncidentRemoved, world.Patience);
            running.Events.All.Count(static e => e == ("Incident", RetentionReasons.IncidentRemoved)).Should().Be(1);
        }

        await watches.CancelAsync();
        await informers.StoppedAsync();
    }

    [Fact]
    public async Task An_incident_that_is_not_over_is_kept_before_anything_is_gathered()
    {
        RetentionController controller = new(null!, null!, null!, null!, TimeProvider.System, NullLogger<RetentionController>.Instance);
        Incident open = new() { Metadata = new() { Name = "crash", Namespace = "shop", Uid = "u" }, Spec = new() { Target = Api }, Status = new() };

        (await controller.ReconcileAsync(open, CancellationToken.None)).Should().Be(ReconcileResult.Done);
    }

    private static async Task ResolveAsync(RemediationWorld world, DateTimeOffset at)
    {
        Incident incident = await world.Client.GetAsync(Incident.Type, Old, FirstlineJson.Incident, world.Patience);
        IncidentStatus over = new()
        {
            Clocks = new() { ResolvedAt = at },
            Conditions = [new() { Type = ConditionTypes.Resolved, Status = ConditionStatus.True, Reason = "SignalsResolved", LastTransitionTime = at }],
        };
        await new StatusWriter(world.Client, new AlwaysLeader()).ApplyAsync(
            Incident.Type, incident.Metadata, over, FirstlineJson.Of<IncidentStatus>(), FieldManagers.Planning, world.Patience);
    }
}
