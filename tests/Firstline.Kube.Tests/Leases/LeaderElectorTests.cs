using Firstline.Kube.Leases;
using Firstline.Kube.Tests.Scripted;
using Microsoft.Extensions.Logging.Abstractions;

namespace Firstline.Kube.Tests.Leases;

public sealed class LeaderElectorTests : IDisposable
{
    private readonly FakeLeases _leases = new();
    private readonly CancellationTokenSource _stop = new();

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task Leader_renews_and_keeps_the_lease()
    {
        Candidate one = new(_leases, "one");
        Task running = one.RunAsync(_stop.Token);
        await one.Leads;
        for (int i = 0; i < 10; i++)
        {
            await one.Clock.TimerAsync(wait => wait == TimeSpan.FromSeconds(2));
            int before = _leases.Writes;
            one.Clock.Advance(TimeSpan.FromSeconds(2));
            await Candidate.UntilAsync(() => _leases.Writes > before);
        }

        one.Elector.IsLeader.Should().BeTrue();
        _leases.Lease!["spec"]!["holderIdentity"]!.GetValue<string>().Should().Be("one");
        _leases.Lease["spec"]!["leaseTransitions"]!.GetValue<int>().Should().Be(0);
        await _stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Leader_that_cannot_renew_stops_being_leader_at_the_deadline()
    {
        Candidate one = new(_leases, "one");
        Task running = one.RunAsync(_stop.Token);
        await one.Leads;
        _leases.IsAway = true;
        one.Clock.Advance(TimeSpan.FromSeconds(9.9));
        one.Elector.IsLeader.Should().BeTrue("the renew deadline has not passed");
        one.Elector.EnsureLeader().Should().Be(TimeSpan.FromSeconds(0.1), "so long a write may take, retries and all");
        one.Clock.Advance(TimeSpan.FromSeconds(0.2));

        one.Elector.IsLeader.Should().BeFalse("at once, whatever the renewing loop is waiting for");
        one.Elector.Invoking(e => e.EnsureLeader()).Should().Throw<NotLeaderException>().WithMessage("*lease firstline/op is not held*");
        one.AdvanceUntilDone(running);
        await one.Lost.WaitAsync(Patience.Limit);
        await running.WaitAsync(Patience.Limit);
    }

    [Theory]
    [InlineData("its clock is right", 0)]
    [InlineData("its clock is a day ahead", 24)]
    [InlineData("its clock is a day behind", -24)]
    public async Task Follower_takes_over_only_after_it_saw_the_lease_unchanged_for_its_duration(string situation, int skewHours)
    {
        Candidate one = new(_leases, "one");
        Task first = one.RunAsync(_stop.Token);
        await one.Leads;                        // and is killed: its clock never moves again
        Candidate two = new(_leases, "two");
        two.Clock.Advance(TimeSpan.FromHours(48 + skewHours));
        Task second = two.RunAsync(_stop.Token);
        await two.Clock.TimerAsync(IsFollowersWait);
        two.Clock.Advance(TimeSpan.FromSeconds(14));
        two.Elector.IsLeader.Should().BeFalse(situation);

        two.AdvanceUntil(() => two.Leads.IsCompleted);
        await two.Leads;
        _leases.Lease!["spec"]!["leaseTransitions"]!.GetValue<int>().Should().Be(1);
        await _stop.CancelAsync();
        two.AdvanceUntilDone(second);
        await second;
        one.AdvanceUntilDone(first);
        await first;
    }

    [Fact]
    public async Task Stop_gives_the_lease_back_after_the_work_has_ended()
    {
        Candidate one = new(_leases, "one");
        Task running = one.RunAsync(_stop.Token);
        await one.Leads;
        await _stop.CancelAsync();
        await running.WaitAsync(Patience.Limit);

        one.Elector.IsLeader.Should().BeFalse();
        _leases.Lease!["spec"]!["holderIdentity"]!.GetValue<string>().Should().BeEmpty();
    }

    [Fact]
    public async Task Follower_takes_over_within_a_retry_period_of_the_lease_running_out()
    {
        Candidate one = new(_leases, "one");
        Task first = one.RunAsync(_stop.Token);
        await one.Leads;                        // and is killed
        Candidate two = new(_leases, "two");
        Task second = two.RunAsync(_stop.Token);
        TimeSpan waited = TimeSpan.Zero;
        for (TimeSpan wait = await two.Clock.TimerAsync(static _ => true); Holder() == "one"; wait = await two.Clock.TimerAsync(static _ => true))
        {
            waited += wait;
            two.Clock.Advance(wait);
        }

        waited.Should().Be(TimeSpan.FromSeconds(15), "it looks when the lease that it saw first runs out, not at its next regular look");
        await _stop.CancelAsync();
        two.AdvanceUntilDone(second);
        await second;
        one.AdvanceUntilDone(first);
        await first;
    }

    private string Holder() => _leases.Lease!["spec"]!["holderIdentity"]!.GetValue<string>();

    private static bool IsFollowersWait(TimeSpan wait) => wait >= TimeSpan.FromSeconds(1) && wait <= TimeSpan.FromSeconds(2);

    private sealed class Candidate
    {
        private readonly TaskCompletionSource _leads = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Candidate(FakeLeases leases, string identity) => Elector = new LeaderElector(
            leases, new LeaderElectionOptions { Lease = new("firstline", "op"), Identity = identity }, Clock, NullLogger<LeaderElector>.Instance, new Random(1));

        public ManualTimeProvider Clock { get; } = new();

        public LeaderElector Elector { get; }

        public Task Leads => _leads.Task.WaitAsync(Patience.Limit);

        public Task Lost => _lost.Task;

        public Task RunAsync(CancellationToken ct) => Elector.RunAsync(
            async term =>
            {
                _leads.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, term).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _lost.TrySetResult();
            },
            ct);

        public static async Task UntilAsync(Func<bool> condition)
        {
            CancellationToken limit = Patience.Token;
            while (!condition())
            {
                limit.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }

        public void AdvanceUntilDone(Task task) => AdvanceUntil(() => task.IsCompleted);

        public void AdvanceUntil(Func<bool> condition)
        {
            CancellationToken limit = Patience.Token;
            while (!condition())
            {
                limit.ThrowIfCancellationRequested();
                Clock.Advance(TimeSpan.FromSeconds(0.5));
                Thread.Yield();
            }
        }
    }
}
