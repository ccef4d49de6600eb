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
    public async Task Stop_in_the_middle_of_a_renewal_gives_the_lease_back()
    {
        Candidate one = new(_leases, "one");
        Task running = one.RunAsync(_stop.Token);
        await one.Leads;
        _leases.LosesNextAnswer = true;
        await one.RenewAsync(_leases);          // is stored, and never answered
        await _stop.CancelAsync();
        await running.WaitAsync(Patience.Limit);

        Holder().Should().BeEmpty("it is read again, and the name in it is its own");
    }

    [Fact]
    public async Task Lease_that_another_holds_by_now_is_lost_at_the_next_renewal()
    {
        Candidate one = new(_leases, "one");
        Task running = one.RunAsync(_stop.Token);
        await one.Leads;
        _leases.HandOver("two");
        await one.Clock.TimerAsync(static wait => wait == TimeSpan.FromSeconds(2));
        one.Clock.Advance(TimeSpan.FromSeconds(2));

        await one.Lost.WaitAsync(Patience.Limit);
        await running.WaitAsync(Patience.Limit);
        Holder().Should().Be("two", "what another has written is never overwritten");
    }

    [Fact]
    public async Task Lease_that_was_deleted_is_written_anew_at_the_next_renewal()
    {
        Candidate one = new(_leases, "one");
        Task running = one.RunAsync(_stop.Token);
        await one.Leads;
        _leases.Delete();
        await one.RenewAsync(_leases);

        one.Elector.IsLeader.Should().BeTrue();
        Holder().Should().Be("one");
        await EndAsync((one, running));
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

    [Fact]
    public async Task Follower_that_watches_asks_for_nothing_and_takes_over_when_the_last_renewal_is_as_old_as_the_lease_is_long()
    {
        _leases.IsWatchable = true;
        Candidate one = new(_leases, "one");
        Task first = one.RunAsync(_stop.Token);
        await one.Leads;
        Candidate two = new(_leases, "two");
        Task second = two.RunAsync(_stop.Token);
        await Candidate.UntilAsync(() => _leases.Watches == 1);
        await two.Clock.TimerAsync(static wait => wait == TimeSpan.FromSeconds(15));
        int reads = _leases.Reads;
        for (int i = 0; i < 20; i++)
        {
            await one.RenewAsync(_leases);
            await two.SeesAsync(_leases);
            two.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        (_leases.Reads - reads).Should().Be(0, "the leader knows what it wrote last, and the follower what it saw");
        await one.RenewAsync(_leases);          // and is killed
        await two.SeesAsync(_leases);
        two.Clock.Advance(TimeSpan.FromSeconds(14.999));
        two.Elector.IsLeader.Should().BeFalse("the last renewal holds for 15 s");
        await two.Clock.TimerAsync(static wait => wait < TimeSpan.FromSeconds(15));
        two.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await two.Leads;
        (_leases.Reads - reads).Should().Be(0, "the server refuses the write when the lease is not as it was seen");
        await EndAsync((one, first), (two, second));
    }

    [Fact]
    public async Task Follower_that_watches_takes_a_lease_that_is_given_back_at_once()
    {
        _leases.IsWatchable = true;
        using CancellationTokenSource stopOne = new();
        Candidate one = new(_leases, "one");
        Task first = one.RunAsync(stopOne.Token);
        await one.Leads;
        Candidate two = new(_leases, "two");
        Task second = two.RunAsync(_stop.Token);
        await Candidate.UntilAsync(() => _leases.Watches == 1);
        await stopOne.CancelAsync();
        await first;
        await two.Leads;                        // its clock never moved
        await EndAsync((two, second));
    }

    [Fact]
    public async Task Follower_whose_watch_has_died_without_a_word_takes_nothing_over_and_opens_another()
    {
        _leases.IsWatchable = true;
        Candidate one = new(_leases, "one");
        Task first = one.RunAsync(_stop.Token);
        await one.Leads;
        _leases.IsMute = true;
        Candidate two = new(_leases, "two");
        Task second = two.RunAsync(_stop.Token);
        await two.Clock.TimerAsync(static wait => wait == TimeSpan.FromSeconds(15));
        await one.RenewAsync(_leases);
        two.Clock.Advance(TimeSpan.FromSeconds(15));
        await Candidate.UntilAsync(() => _leases.Watches == 2);
        two.Elector.IsLeader.Should().BeFalse("the server refuses the takeover of a lease that was renewed");
        Holder().Should().Be("one");
        await EndAsync((one, first), (two, second));
    }

    [Fact]
    public async Task Follower_whose_watch_ended_goes_on_with_another()
    {
        _leases.IsWatchable = true;
        Candidate one = new(_leases, "one");
        Task first = one.RunAsync(_stop.Token);
        await one.Leads;
        Candidate two = new(_leases, "two");
        Task second = two.RunAsync(_stop.Token);
        await Candidate.UntilAsync(() => _leases.Watches == 1);
        await one.RenewAsync(_leases);
        await two.SeesAsync(_leases);
        _leases.EndWatches();
        await Candidate.UntilAsync(() => _leases.Watches == 1);   // its clock never moved
        await EndAsync((one, first), (two, second));
    }

    private async Task EndAsync(params (Candidate Candidate, Task Running)[] all)
    {
        await _stop.CancelAsync();
        foreach ((Candidate candidate, Task running) in all)
        {
            candidate.AdvanceUntilDone(running);
            await running;
        }
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

        /// <summary>As the leader: lives for a retry period, and renews.</summary>
        public async Task RenewAsync(FakeLeases leases)
        {
            await Clock.TimerAsync(static wait => wait == TimeSpan.FromSeconds(2));
            int before = leases.Writes;
            Clock.Advance(TimeSpan.FromSeconds(2));
            await UntilAsync(() => leases.Writes > before);
        }

        /// <summary>As a follower: has seen the last renewal.</summary>
        public Task SeesAsync(FakeLeases leases) => UntilAsync(() => Elector.SeenVersion == leases.Lease!["metadata"]!["resourceVersion"]!.GetValue<string>());

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
