using System.Text;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Status;
using Firstline.Kube.Client;
using Firstline.Kube.Leases;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Remediation;

/// <summary>A leader that was frozen still holds writes that were decided before the next leader went on.</summary>
public sealed class RequestRecordTests
{
    [Theory]
    [InlineData(StepState.Intended, 1)]
    [InlineData(StepState.Applied, 2)]
    public async Task What_another_leader_stored_meanwhile_is_not_replaced(StepState late, int generation)
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        using KubeClient inner = world.NewClient();
        OvertakenClient overtaken = new(inner, late, () => CarryOnAsync(world));
        await using RunningOperator running = await world.OperatorAsync(overtaken);

        RemediationRequest verifying = await world.RequestAsync(static r => r.Status?.Stage == "Verifying");
        verifying.Status!.Steps.Should().ContainSingle().Which.Message.Should().Be("by the other leader");
        (await world.GenerationAsync()).Should().Be(generation, "nothing is sent for what the other leader has carried out");
    }

    private static bool IsStatusOfRequest(KubeRequest request) =>
        request.Verb == KubeVerb.Apply && request.Type == RemediationRequest.Type && request.Subresource == "status";

    private static async Task CarryOnAsync(RemediationWorld world)
    {
        RemediationRequest request = await world.RequestAsync(static _ => true);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        RemediationRequestStatus status = new()
        {
            Steps = [new() { Name = "undo", State = StepState.Applied, IntendedAt = now, AppliedAt = now, Message = "by the other leader" }],
            Verification = new() { StartedAt = now },
        };
        await new StatusWriter(world.Client, new AlwaysLeader()).ApplyAsync(
            RemediationRequest.Type, request.Metadata, status, FirstlineJson.Of<RemediationRequestStatus>(), FieldManagers.Remediation, world.Patience);
    }

    /// <summary>The write of a step's state is held back until somebody else has gone on.</summary>
    private sealed class OvertakenClient(IKubeClient inner, StepState late, Func<Task> overtake) : IKubeClient
    {
        private int _isOvertaken;

        public string FieldManager => inner.FieldManager;

        public async Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct)
        {
            if (IsStatusOfRequest(request) && Encoding.UTF8.GetString(request.Body.Span).Contains(late.ToString(), StringComparison.Ordinal) && Interlocked.Exchange(ref _isOvertaken, 1) == 0)
            {
                await overtake();
            }

            return await inner.SendAsync(request, ct);
        }

        public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => inner.OpenAsync(request, ct);
    }
}
