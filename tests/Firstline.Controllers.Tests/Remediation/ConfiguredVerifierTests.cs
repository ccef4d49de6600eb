using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Core.Facts;
using Firstline.Core.Gates;
using Firstline.Core.Planning;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Remediation;

public sealed class ConfiguredVerifierTests
{
    private static readonly VerificationSpec Measured = new() { Metrics = [new() { Name = "errors", Query = "up", Max = "1" }] };
    private static readonly VerifierFacts WithPrometheus = new(HasPrometheus: true, []);

    [Fact]
    public async Task A_target_is_changed_where_Prometheus_is_configured_to_verify_it_and_answers()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Verification = Measured });
        await using RunningOperator running = await world.OperatorAsync(outside: Asking(new Prometheus { IsAway = false }), verifiers: WithPrometheus);
        await world.RequestAsync(static r => r.Status?.Steps is [{ State: StepState.Applied }]);
    }

    [Fact]
    public async Task A_target_is_left_alone_where_none_is()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Verification = Measured });
        await using RunningOperator running = await world.OperatorAsync(verifiers: new(HasPrometheus: false, []));

        Incident told = await world.IncidentAsync(static i => i.Status?.Conditions.Any(static c => c.Reason == PlanningReasons.VerifierMissing) == true);

        told.Status!.Conditions.Should().Contain(static c => c.Message!.Contains("prometheus.url is not set"));
        (await world.GenerationAsync()).Should().Be(1);
    }

    [Fact]
    public async Task A_target_is_left_alone_while_Prometheus_is_away_and_the_request_says_so()
    {
        Prometheus prometheus = new() { IsAway = true };
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Verification = Measured });
        await using (await world.OperatorAsync(outside: Asking(prometheus), verifiers: WithPrometheus))
        {
            RemediationRequest waiting = await world.RequestAsync(static r => AwayOf(r) is not null);
            AwayOf(waiting)!.Message.Should().Be("metric errors of its verification is not answered, so that nobody could tell whether the change helped: it is away");
            (await world.GenerationAsync()).Should().Be(1);
        }

        // One that starts anew asks at once; the one before would have within a minute.
        prometheus.IsAway = false;
        await using RunningOperator next = await world.OperatorAsync(outside: Asking(prometheus), verifiers: WithPrometheus);
        await world.RequestAsync(static r => r.Status?.Steps is [{ State: StepState.Applied }]);
    }

    [Fact]
    public async Task Nobody_is_called_for_an_answer_that_takes_its_time()
    {
        Prometheus prometheus = new() { Answering = new(TaskCreationOptions.RunContinuationsAsynchronously) };
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Verification = Measured });
        await using RunningOperator running = await world.OperatorAsync(outside: Asking(prometheus), verifiers: WithPrometheus);
        Incident waiting = await world.IncidentAsync(static i => i.Status?.Conditions.Any(static c => c is { Type: ConditionTypes.Permitted, Reason: GateReasons.VerifierAsked }) == true);
        waiting.Status!.Clocks!.EscalatedAt.Should().BeNull("it is answered within seconds, or is away");

        prometheus.Answering.SetResult();
        Incident followed = await world.IncidentAsync(static i => i.Status?.Clocks?.ExecutedAt is not null);
        followed.Status!.Clocks!.EscalatedAt.Should().BeNull();
    }

    [Fact]
    public async Task Prometheus_is_not_asked_for_what_waits_for_a_human()
    {
        Prometheus prometheus = new();
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Verification = Measured, Level = RemediationLevel.L2 });
        await using RunningOperator running = await world.OperatorAsync(outside: Asking(prometheus), verifiers: WithPrometheus);
        RemediationRequest waiting = await world.RequestAsync(static r => r.Status?.Gate == ApprovalGate.GateName);
        prometheus.Asked.Should().Be(0);

        await world.AnnotateAsync(waiting, AnnotationNames.Approved, "alice");
        await world.RequestAsync(static r => r.Status?.Steps is [{ State: StepState.Applied }]);
        prometheus.Asked.Should().BePositive();
    }

    [Fact]
    public async Task An_answer_from_before_Prometheus_went_away_is_none_to_rest_a_change_on()
    {
        ManualTimeProvider clock = new(DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()));
        Prometheus prometheus = new() { Answering = new(TaskCreationOptions.RunContinuationsAsynchronously) };
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Verification = Measured });
        await using RunningOperator running = await world.OperatorAsync(clock: clock, outside: Asking(prometheus), verifiers: WithPrometheus);
        await world.RequestAsync(static r => r.Status?.Gate == "Verifier");
        await world.SetPolicyAsync(new() { ["suspended"] = true });
        await world.RequestAsync(static r => r.Status?.Gate == "KillSwitch");
        prometheus.Answering.SetResult();
        prometheus.Answering = new(TaskCreationOptions.RunContinuationsAsynchronously);
        clock.Advance(TimeSpan.FromSeconds(31));

        await world.SetPolicyAsync(new() { ["suspended"] = false });
        RemediationRequest asking = await world.RequestAsync(static r => r.Status?.Gate == "Verifier" || r.Status?.Steps.IsEmpty == false);
        asking.Status!.Steps.Should().BeEmpty();
        asking.Status.Gates.Should().ContainSingle().Which.Reason.Should().Be(GateReasons.VerifierAsked);
    }

    [Fact]
    public async Task Prometheus_is_never_asked_for_a_tenants_runbook_that_the_policy_does_not_let()
    {
        Prometheus prometheus = new();
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Verification = Measured }, runbookNamespace: "shop");
        await using (await world.OperatorAsync(outside: Asking(prometheus), verifiers: WithPrometheus))
        {
            await world.IncidentAsync(static i => i.Status?.Conditions.Any(static c => c.Reason == PlanningReasons.MetricsForbidden) == true);
            prometheus.Asked.Should().Be(0);
        }

        await world.SetPolicyAsync(new() { ["metrics"] = new JsonObject { ["namespaces"] = new JsonArray("shop") } });
        await using RunningOperator next = await world.OperatorAsync(outside: Asking(prometheus), verifiers: WithPrometheus);
        await world.RequestAsync(static r => r.Status?.Steps is [{ State: StepState.Applied }]);
        prometheus.Asked.Should().BePositive();
    }

    private static GateVerdict? AwayOf(RemediationRequest request) =>
        request.Status?.Gates.FirstOrDefault(static g => g is { Name: "Verifier", Decision: GateDecision.Closed, Reason: GateReasons.VerifierAway });

    private static OutsidePorts Asking(Prometheus prometheus) => NoOutside.Ports with { Metrics = prometheus };

    private sealed class Prometheus : IMetricsSource
    {
        private int _asked;

        public bool IsAway { get; set; }

        /// <summary>What the answers to questions asked by now wait for; null for nothing.</summary>
        public TaskCompletionSource? Answering { get; set; }

        public int Asked => Volatile.Read(ref _asked);

        public async Task<MetricAnswer> QueryAsync(string query, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            MetricAnswer answer = IsAway ? new MetricAnswer.Unknown("it is away") : new MetricAnswer.Samples([new("", 0)]);
            await (Answering?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask);
            return answer;
        }
    }
}
