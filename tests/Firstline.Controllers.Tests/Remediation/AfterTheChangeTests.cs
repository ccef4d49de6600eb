using System.Text;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Lifecycle;
using Firstline.Kube.Client;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Remediation;

public sealed class AfterTheChangeTests
{
    [Theory]
    [InlineData("helped", RemediationOutcome.Succeeded, "web:1", 2)]
    [InlineData("undo", RemediationOutcome.RolledBack, "web:2", 3)]
    [InlineData("keep", RemediationOutcome.Inconclusive, "web:1", 2)]
    public async Task A_change_of_which_nobody_can_tell_whether_it_helped_waits_for_a_human(string answer, RemediationOutcome outcome, string image, long generation)
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Verification = s.Verification with { Timeout = RemediationWorld.Milliseconds(200) } });
        await using RunningOperator running = await world.OperatorAsync();
        RemediationRequest asks = await world.RequestAsync(static r => r.Status?.Stage == "AwaitingAnswer");
        asks.Status!.Verification!.Checks.Should().Contain(static c => c.Name == "SignalResolved" && !c.Holds, "the target is healthy, yet its signal fires");
        Incident incident = await world.IncidentAsync(static i => i.Status?.Stage == "Escalated");
        incident.Status!.NextStep.Should().Contain("firstline.dev/answer=helped");
        (await world.GenerationAsync()).Should().Be(2, "nothing is undone before somebody says so");

        await world.AnnotateAsync(asks, AnnotationNames.Answer, answer);
        (await world.RequestAsync(static r => r.Status?.Outcome is not null)).Status!.Outcome.Should().Be(outcome);
        (await world.ImageAsync()).Should().Be(image);
        (await world.GenerationAsync()).Should().Be(generation);
        await running.Events.TellsAsync("RemediationRequest", Reasons.AnswerNeeded, world.Patience);
    }

    [Theory]
    [InlineData(StepFailureAction.Stop, RemediationOutcome.Succeeded, "web:1")]
    [InlineData(StepFailureAction.RollBack, RemediationOutcome.RolledBack, "web:2")]
    public async Task A_step_that_the_API_server_refuses_is_answered_as_the_step_says(StepFailureAction onFailure, RemediationOutcome outcome, string image)
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(s => s with
        {
            Steps = [s.Steps[0], new() { Name = "more", Action = "SetReplicas", With = s.Steps[0].With.Add("replicas", "5"), OnFailure = onFailure }],
        });
        using KubeClient client = world.NewClient();
        await using RunningOperator running = await world.OperatorAsync(new NoFive(client));
        RemediationRequest failed = await world.RequestAsync(static r => r.Status?.Steps.Any(static s => s is { Name: "more", State: StepState.Failed }) == true);
        failed.Status!.Steps[1].Reason.Should().Be(Reasons.StepRefused);
        await world.SignalAsync(onFailure == StepFailureAction.Stop ? SignalState.Resolved : SignalState.Firing);
        (await world.RequestAsync(static r => r.Status?.Outcome is not null)).Status!.Outcome.Should().Be(outcome);
        (await world.ImageAsync()).Should().Be(image);
    }

    /// <summary>A server that lets nobody set five replicas, as an admission webhook would.</summary>
    private sealed class NoFive(IKubeClient inner) : IKubeClient
    {
        public string FieldManager => inner.FieldManager;

        public Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct) =>
            request is { Verb: KubeVerb.Patch, Type.Kind: "Deployment" } && Encoding.UTF8.GetString(request.Body.Span).Contains("\"replicas\":5", StringComparison.Ordinal)
                ? throw new KubeException(KubeErrorKind.Forbidden, "five is too many")
                : inner.SendAsync(request, ct);

        public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => inner.OpenAsync(request, ct);
    }
}
