using Firstline.Api.V1Alpha1;
using Firstline.Core.Planning;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Remediation;

public sealed class ConfiguredVerifierTests
{
    private static readonly VerificationSpec Measured = new() { Metrics = [new() { Name = "errors", Query = "up", Max = "1" }] };

    [Fact]
    public async Task A_target_is_changed_where_Prometheus_is_configured_to_verify_it()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Verification = Measured });
        await using RunningOperator running = await world.OperatorAsync(verifiers: new(HasPrometheus: true, []));
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
}
