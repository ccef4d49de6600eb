using System.Text;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Lifecycle;
using Firstline.Kube.Client;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Remediation;

/// <summary>An operator that is newer than the custom resource definitions beside it, whose report of a change does not fit the schema.</summary>
public sealed class RefusedStatusTests
{
    [Fact]
    public async Task A_change_whose_report_is_refused_is_with_humans_made_once_and_followed_when_the_report_fits()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Verification = s.Verification! with { Timeout = RemediationWorld.Milliseconds(3600_000) } });
        using KubeClient inner = world.NewClient();
        OldSchema old = new(inner);
        await using RunningOperator running = await world.OperatorAsync(old, new FastClock(20));   // thirty seconds until the next try are one and a half

        RemediationRequest stalled = await world.RequestAsync(static r => r.Status?.Conditions.Any(static c => c is { Type: ConditionTypes.Stalled, Reason: Reasons.StatusRefused }) == true);
        stalled.Status!.Steps.Should().ContainSingle().Which.State.Should().Be(StepState.Intended, "what is stored stays, so that nothing is sent twice");
        stalled.Status.NextStep.Should().Contain("custom resource definitions");
        await world.IncidentAsync(static i => i.Status?.Conditions.Any(static c => c is { Type: ConditionTypes.Escalated, Status: ConditionStatus.True, Reason: Reasons.StatusRefused }) == true);
        await running.Events.TellsAsync(Reasons.StatusRefused, world.Patience);

        old.IsUpgraded = true;
        RemediationRequest verifying = await world.RequestAsync(static r => r.Status?.Stage == "Verifying");
        verifying.Status!.Conditions.Should().NotContain(static c => c.Type == ConditionTypes.Stalled);
        (await world.GenerationAsync()).Should().Be(2, "the change was made once");
    }

    /// <summary>Does not know that a step can be applied.</summary>
    private sealed class OldSchema(IKubeClient inner) : IKubeClient
    {
        private volatile bool _isUpgraded;

        public bool IsUpgraded
        {
            set => _isUpgraded = value;
        }

        public string FieldManager => inner.FieldManager;

        public Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct) =>
            !_isUpgraded && request is { Subresource: "status", Verb: KubeVerb.Apply } && request.Type == RemediationRequest.Type
                && Encoding.UTF8.GetString(request.Body.Span).Contains("\"Applied\"", StringComparison.Ordinal)
                ? throw new KubeException(KubeErrorKind.Invalid, "status.steps[0].state: Unsupported value")
                : inner.SendAsync(request, ct);

        public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => inner.OpenAsync(request, ct);
    }
}
