using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Status;
using Firstline.Controllers.Tests.Remediation;
using Firstline.Core.Facts;
using Firstline.Core.Lifecycle;
using Firstline.Core.Planning;
using Firstline.Kube.Client;
using Firstline.Kube.Leases;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Planning;

/// <summary>What wakes the controller: each of these incidents waits for one thing.</summary>
public sealed class PlanningControllerTests
{
    [Fact]
    public async Task A_runbook_that_is_changed_to_fit_is_planned_from_for_an_incident_that_humans_have()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Match = s.Match with { Causes = [Causes.OomKilled] } });
        await using RunningOperator running = await world.OperatorAsync();
        Incident waiting = await world.IncidentAsync(static i => i.Status?.Stage == "Escalated");
        Escalated(waiting).Reason.Should().Be(PlanningReasons.NoRunbook);

        JsonObject fits = new() { ["spec"] = new JsonObject { ["match"] = new JsonObject { ["causes"] = new JsonArray(Causes.BadRollout) } } };
        await world.Client.PatchAsync(Runbook.Type, new(RemediationWorld.OperatorNamespace, "undo"), Patch.Merge(fits), world.Patience);
        RemediationRequest request = await world.RequestAsync(static r => r.Status?.Stage == "AwaitingApproval");
        request.Spec.LevelReasons.Should().Contain(static r => r.Contains("is not approved", StringComparison.Ordinal));
        await world.IncidentAsync(static i => i.Status?.Stage == "AwaitingApproval");
    }

    [Fact]
    public async Task A_policy_that_allows_more_is_planned_under_for_an_incident_that_humans_have()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(policy: RemediationWorld.Policy with { MaxMode = OperatingMode.Observe });
        await using RunningOperator running = await world.OperatorAsync();
        Incident waiting = await world.IncidentAsync(static i => i.Status?.Stage == "Escalated");
        Escalated(waiting).Reason.Should().Be(PlanningReasons.ObserveOnly);

        await world.SetPolicyAsync(new() { ["maxMode"] = "Suggest" });
        await world.RequestAsync(static r => r.Status?.Stage == "AwaitingApproval");
        await world.IncidentAsync(static i => i.Status?.Stage == "AwaitingApproval");
    }

    [Fact]
    public async Task Humans_are_called_when_a_wait_that_was_to_be_short_is_not()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(policy: RemediationWorld.Policy with { Suspended = true, SuspendedReason = "ask Ann" });
        await using RunningOperator running = await world.OperatorAsync(clock: new FastClock(60));
        Incident called = await world.IncidentAsync(static i => i.Status?.Stage == "Escalated");
        Escalated(called).Reason.Should().Be(Reasons.GateClosed);
        called.Status!.NextStep.Should().StartWith("Humans have to act: gate KillSwitch of ");
    }

    [Fact]
    public async Task An_incident_ends_by_time_alone_when_its_signals_stayed_away_after_a_change_was_taken_back()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        await world.SignalAsync(SignalState.Resolved);
        ManualTimeProvider clock = new(DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()));
        RemediationSummary takenBack = new() { Name = "undo-1", Runbook = "undo", Outcome = RemediationOutcome.TakenBack, UndoneAt = clock.GetUtcNow() };
        Incident incident = await world.Client.GetAsync(Incident.Type, RemediationWorld.IncidentKey, FirstlineJson.Incident, world.Patience);
        await new StatusWriter(world.Client, new AlwaysLeader()).ApplyAsync(
            Incident.Type, incident.Metadata, new() { Remediations = [takenBack] }, FirstlineJson.Of<IncidentStatus>(), FieldManagers.Planning, world.Patience);

        await using RunningOperator running = await world.OperatorAsync(clock: clock);
        TimeSpan wait = await clock.TimerAsync(static w => w >= SignalAbsence.Needed && w < SignalAbsence.Needed + TimeSpan.FromSeconds(1));
        (await world.IncidentAsync(static i => i.Status is not null)).Status!.Stage.Should().NotBe("Resolved", "its time has not come");
        clock.Advance(wait);
        DateTimeOffset over = clock.GetUtcNow();

        // Where its own write had not come back yet, it looks again a moment later, which is one of this clock.
        Task<Incident> resolved = world.IncidentAsync(static i => i.Status?.Stage == "Resolved");
        Incident ended = await clock.DriveAsync(resolved, static w => w < TimeSpan.FromSeconds(10));
        ended.Status!.Clocks!.ResolvedAt.Should().BeOnOrAfter(over.AddMilliseconds(-1), "the API server's times have no more digits");
        ended.Status.Remediations.Should().ContainSingle().Which.Outcome.Should().Be(RemediationOutcome.TakenBack);
    }

    [Fact]
    public async Task An_incident_stays_open_until_its_signals_stayed_away_for_as_long_as_the_policy_asks()
    {
        TimeSpan asked = TimeSpan.FromSeconds(97);   // below the time after which a watch seems dead, so that nothing else is woken
        await using RemediationWorld world = await RemediationWorld.StartAsync(policy: RemediationWorld.Policy with { QuietFor = Duration.From(asked) });
        DateTimeOffset seen = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        IncidentStatus silent = new() { Signals = [new() { Fingerprint = "crash", Source = IncidentSource.Detector, Name = "CrashLoop", State = SignalState.Resolved, Count = 1, LastSeen = seen }] };
        Incident incident = await world.Client.GetAsync(Incident.Type, RemediationWorld.IncidentKey, FirstlineJson.Incident, world.Patience);
        await new StatusWriter(world.Client, new AlwaysLeader()).ApplyAsync(Incident.Type, incident.Metadata, silent, FirstlineJson.Of<IncidentStatus>(), FieldManagers.Detection, world.Patience);
        ManualTimeProvider clock = new(seen + TimeSpan.FromSeconds(30));

        await using RunningOperator running = await world.OperatorAsync(clock: clock);
        TimeSpan wait = await clock.TimerAsync(static w => w >= TimeSpan.FromSeconds(67) && w < TimeSpan.FromSeconds(68));
        (await world.IncidentAsync(static i => i.Status is not null)).Status!.Stage.Should().NotBe("Resolved", "its time has not come");
        clock.Advance(wait);

        Task<Incident> resolved = world.IncidentAsync(static i => i.Status?.Stage == "Resolved");
        Incident ended = await clock.DriveAsync(resolved, static w => w < TimeSpan.FromSeconds(10));
        ended.Status!.Conditions.Single(static c => c.Type == ConditionTypes.Resolved).Reason.Should().Be(Reasons.SignalsResolved);
        ended.Status.Remediations.Should().BeEmpty("nothing is planned for what does not fire");
    }

    private static Condition Escalated(Incident incident) => incident.Status!.Conditions.Single(static c => c.Type == ConditionTypes.Escalated);
}
