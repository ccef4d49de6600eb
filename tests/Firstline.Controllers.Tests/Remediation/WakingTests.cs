using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Remediation;

/// <summary>What wakes a request that waits: the clock stands still, so that no time does.</summary>
public sealed class WakingTests
{
    private static readonly NamespacedName OtherIncident = new("shop", "other");

    [Fact]
    public async Task A_change_of_its_target_wakes_a_request_that_waits_for_a_human()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(policy: RemediationWorld.Policy with { MaxMode = OperatingMode.Suggest });
        ManualTimeProvider clock = StandingStill();
        await using RunningOperator running = await world.OperatorAsync(clock: clock);
        await world.RequestAsync(static r => r.Status?.Stage == "AwaitingApproval");
        clock.Advance(TimeSpan.FromSeconds(3));
        await world.IncidentAsync(static i => i.Status?.Stage == "AwaitingApproval");   // what its own incident says has woken it by then

        await world.PatchDeploymentAsync(new() { ["spec"] = new JsonObject { ["minReadySeconds"] = 7 } });
        (await world.RequestAsync(static r => r.Status?.Outcome is not null)).Status!.Outcome.Should().Be(RemediationOutcome.Stale);
    }

    [Fact]
    public async Task An_incident_that_goes_wakes_a_request_that_a_storm_holds_up()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(policy: RemediationWorld.Policy with { Limits = RemediationWorld.Policy.Limits with { MaxOpenIncidents = 1 } });
        TargetRef other = new() { ApiVersion = "v1", Kind = "ConfigMap", Name = "other" };
        await world.OpenIncidentAsync(OtherIncident, other, other, "Unheard");
        await using RunningOperator running = await world.OperatorAsync(clock: StandingStill());
        await world.RequestAsync(static r => r.Status?.Gate == "Storm");

        await world.DeleteAsync(Incident.Type, OtherIncident);
        await world.RequestAsync(static r => r.Status?.Steps.IsEmpty == false);
    }

    private static ManualTimeProvider StandingStill() => new(DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()));
}
