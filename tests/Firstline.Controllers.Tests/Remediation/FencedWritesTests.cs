using System.Collections.Concurrent;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Status;
using Firstline.Kube.Client;
using Firstline.Kube.Leases;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Remediation;

/// <summary>Whatever only the leader may write is sent within what is left of its lease, and over nothing that the next leader wrote.</summary>
public sealed class FencedWritesTests
{
    [Fact]
    public async Task Every_write_of_a_remediation_is_sent_only_while_the_lease_lasts()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        using KubeClient inner = world.NewClient();
        ListeningClient listening = new(inner);
        await using (await RunningOperator.StartAsync(listening, world.Patience, new Lease(TimeSpan.FromSeconds(4))))
        {
            await world.RequestAsync(static r => r.Status?.Stage == "Verifying");
            await world.SignalAsync(SignalState.Resolved);
            await world.RequestAsync(static r => r.Status?.Outcome == RemediationOutcome.Succeeded && r.Metadata.Finalizers.IsEmpty);
            await world.IncidentAsync(static i => i.Status?.Stage == "Resolved");
        }

        listening.Windows.Select(static w => w.What).Should().Contain(
            ["Create remediationrequests", "Apply remediationrequests/status", "Patch remediationrequests", "Patch deployments", "Apply incidents/status", "Apply runbooks/status"]);
        listening.Windows.Should().OnlyContain(static w => w.Within == TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task What_another_leader_concluded_meanwhile_is_not_taken_back()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        using KubeClient inner = world.NewClient();
        ThawingClient thawing = new(inner, () => ConcludeAsync(world));
        await using RunningOperator running = await world.OperatorAsync(thawing);

        (await thawing.Answer.Task.WaitAsync(world.Patience)).Should().BeOfType<KubeException>().Which.Kind.Should().Be(KubeErrorKind.Conflict);
        Incident incident = await world.Client.GetAsync(Incident.Type, RemediationWorld.IncidentKey, FirstlineJson.Incident, world.Patience);
        incident.Status!.Conditions.Should().Contain(static c => c.Type == ConditionTypes.Resolved && c.Status == ConditionStatus.True);
    }

    [Fact]
    public async Task Who_lost_the_lease_writes_nothing_but_the_signals_that_it_was_told()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        Incident incident = await world.Client.GetAsync(Incident.Type, RemediationWorld.IncidentKey, FirstlineJson.Incident, world.Patience);
        StatusWriter writer = new(world.Client, new Lease(TimeSpan.Zero));
        Task<string?> ApplyAsync(string manager, IncidentStatus status) =>
            writer.ApplyAsync(Incident.Type, incident.Metadata, status, FirstlineJson.Of<IncidentStatus>(), manager, world.Patience);

        foreach (string manager in new[] { FieldManagers.Diagnosis, FieldManagers.Planning, FieldManagers.Remediation, FieldManagers.Runbooks })
        {
            await writer.Invoking(_ => ApplyAsync(manager, new() { Stage = "x" })).Should().ThrowAsync<NotLeaderException>(manager);
        }

        (await ApplyAsync(FieldManagers.Detection, new() { Count = 2 })).Should().NotBeNull("the webhook of every replica stores what it is told");
        (await world.Client.GetAsync(Incident.Type, RemediationWorld.IncidentKey, FirstlineJson.Incident, world.Patience)).Status!.Stage.Should().BeNull();
    }

    private static async Task ConcludeAsync(RemediationWorld world)
    {
        Incident incident = await world.Client.GetAsync(Incident.Type, RemediationWorld.IncidentKey, FirstlineJson.Incident, world.Patience);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        IncidentStatus over = new()
        {
            Clocks = new() { ResolvedAt = now },
            Conditions = [new() { Type = ConditionTypes.Resolved, Status = ConditionStatus.True, Reason = "SignalsResolved", LastTransitionTime = now }],
        };
        await new StatusWriter(world.Client, new AlwaysLeader()).ApplyAsync(
            Incident.Type, incident.Metadata, over, FirstlineJson.Of<IncidentStatus>(), FieldManagers.Planning, world.Patience);
    }

    private static bool IsWrite(KubeRequest request) =>
        request.Verb is not (KubeVerb.Get or KubeVerb.List or KubeVerb.Watch) && request.Type is { Kind: not ("Event" or "SubjectAccessReview") };

    private sealed class Lease(TimeSpan left) : ILeadership
    {
        public bool IsLeader => left > TimeSpan.Zero;

        public TimeSpan EnsureLeader() => IsLeader ? left : throw new NotLeaderException("the lease is not held");
    }

    private sealed class ListeningClient(IKubeClient inner) : IKubeClient
    {
        public ConcurrentQueue<(string What, TimeSpan? Within)> Windows { get; } = new();

        public string FieldManager => inner.FieldManager;

        public Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct)
        {
            if (IsWrite(request))
            {
                Windows.Enqueue(($"{request.Verb} {request.Type!.Plural}{(request.Subresource.Length > 0 ? "/" + request.Subresource : "")}", request.OnceWithin));
            }

            return inner.SendAsync(request, ct);
        }

        public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => inner.OpenAsync(request, ct);
    }

    /// <summary>Its first report on the incident is held back until another leader has concluded.</summary>
    private sealed class ThawingClient(IKubeClient inner, Func<Task> conclude) : IKubeClient
    {
        private int _isThawed;

        public TaskCompletionSource<Exception?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string FieldManager => inner.FieldManager;

        public async Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct)
        {
            if (!IsWrite(request) || request.Type != Incident.Type || Interlocked.Exchange(ref _isThawed, 1) == 1)
            {
                return await inner.SendAsync(request, ct);
            }

            await conclude();
            try
            {
                KubeResponse answer = await inner.SendAsync(request, ct);
                Answer.TrySetResult(null);
                return answer;
            }
            catch (KubeException e)
            {
                Answer.TrySetResult(e);
                throw;
            }
        }

        public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => inner.OpenAsync(request, ct);
    }
}
