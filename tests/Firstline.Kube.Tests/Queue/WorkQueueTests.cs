using System.Diagnostics.Metrics;
using Firstline.Kube.Queue;
using Firstline.Kube.Tests.Scripted;

namespace Firstline.Kube.Tests.Queue;

public sealed class WorkQueueTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly WorkQueue<string> _queue;

    public WorkQueueTests() =>
        _queue = new WorkQueue<string>("test", _clock, new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8), 0), new Random(1));

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task Add_of_a_waiting_key_changes_nothing()
    {
        _queue.Add("a");
        _queue.Add("b");
        _queue.Add("a");

        _queue.Count.Should().Be(2);
        (await TakeAsync()).Should().Be("a");
        (await TakeAsync()).Should().Be("b");
    }

    [Fact]
    public async Task Load_counts_a_key_once_and_forgets_a_time_that_an_earlier_one_overtook()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(10));
        _queue.AddAfter("a", TimeSpan.FromSeconds(5));
        _queue.Load.Should().Be(new QueueLoad(0, TimeSpan.FromSeconds(5)));

        _clock.Advance(TimeSpan.FromSeconds(6));
        (await TakeAsync()).Should().Be("a");
        _queue.Add("a");
        _queue.Add("b");

        _queue.Load.Should().Be(new QueueLoad(2, null));
    }

    [Fact]
    public async Task Add_of_a_key_in_work_hands_it_out_again_only_after_Done()
    {
        _queue.Add("a");
        await TakeAsync();
        _queue.Add("a");
        _queue.Add("a");
        _queue.Count.Should().Be(0, "nobody else may hold the key");

        _queue.Done("a");
        _queue.Count.Should().Be(1, "added twice meanwhile, but once is enough");
        (await TakeAsync()).Should().Be("a");
    }

    [Fact]
    public void AddAfter_takes_more_time_than_a_timer_does()
    {
        using WorkQueue<string> queue = new("test", TimeProvider.System, new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8), 0), new Random(1));

        queue.Invoking(static q => q.AddAfter("a", TimeSpan.FromDays(90))).Should().NotThrow();
    }

    [Fact]
    public async Task Take_waits_for_the_next_key()
    {
        ValueTask<(bool IsOpen, string Key)> waiting = _queue.TakeAsync(Patience.Token);
        waiting.IsCompleted.Should().BeFalse();
        _queue.Add("a");

        (await waiting).Should().Be((true, "a"));
    }

    [Fact]
    public async Task Take_that_was_cancelled_swallows_no_key()
    {
        using CancellationTokenSource gaveUp = new();
        Task<(bool IsOpen, string Key)> cancelled = _queue.TakeAsync(gaveUp.Token).AsTask();
        Task<(bool IsOpen, string Key)> patient = _queue.TakeAsync(Patience.Token).AsTask();
        await gaveUp.CancelAsync();
        await cancelled.Invoking(t => t).Should().ThrowAsync<OperationCanceledException>();
        _queue.Add("a");

        (await patient).Key.Should().Be("a");
    }

    [Fact]
    public async Task Keys_are_served_in_turn_however_often_one_is_added()
    {
        _queue.Add("busy");
        _queue.Add("quiet");
        List<string> served = [];
        for (int i = 0; i < 4; i++)
        {
            string key = await TakeAsync();
            served.Add(key);
            _queue.Add("busy");
            _queue.Done(key);
        }

        served[..2].Should().Equal("busy", "quiet");
    }

    [Fact]
    public void AddAfter_keeps_the_earliest_time_and_is_not_cancelled_by_Add()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(10));
        _queue.AddAfter("a", TimeSpan.FromSeconds(30));
        _queue.AddAfter("b", TimeSpan.FromSeconds(20));
        _clock.Advance(TimeSpan.FromSeconds(9));
        _queue.Count.Should().Be(0);
        _clock.Advance(TimeSpan.FromSeconds(2));
        _queue.Count.Should().Be(1);
        _clock.Advance(TimeSpan.FromSeconds(60));
        _queue.Count.Should().Be(2, "the later time for a was replaced by the earlier one");
    }

    [Theory]
    [InlineData("first failure", 1, 1)]
    [InlineData("second failure", 2, 2)]
    [InlineData("fourth failure", 4, 8)]
    [InlineData("capped", 50, 8)]
    public void AddRateLimited_waits_longer_with_each_failure(string situation, int failures, int seconds)
    {
        new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8), 0).Delay(failures, 0.5).Should().Be(TimeSpan.FromSeconds(seconds), situation);
    }

    [Theory]
    [InlineData("longer than the backoff", 5, 5)]
    [InlineData("shorter than the backoff", 0.5, 1)]
    [InlineData("longer than anybody may make us wait", 3600, 8)]
    public void AddRateLimited_honours_what_the_server_asks_for_when_it_is(string situation, double asked, int seconds)
    {
        _queue.AddRateLimited("a", TimeSpan.FromSeconds(asked));
        _clock.Advance(TimeSpan.FromSeconds(seconds - 0.001));
        _queue.Count.Should().Be(0, situation);
        _clock.Advance(TimeSpan.FromSeconds(0.01));
        _queue.Count.Should().Be(1, situation);
    }

    [Fact]
    public async Task Metrics_show_how_long_keys_have_been_in_work()
    {
        using WorkQueue<string> queue = new("shown", _clock);
        using MeterListener listener = new();
        Dictionary<string, double> seen = [];
        listener.InstrumentPublished = static (instrument, l) =>
        {
            if (instrument.Name is "workqueue_unfinished_work_seconds" or "workqueue_longest_running_processor_seconds")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            if (tags[0].Value as string == "shown")
            {
                seen[instrument.Name] = value;
            }
        });
        listener.Start();
        queue.Add("a");
        queue.Add("b");
        await queue.TakeAsync(Patience.Token);
        _clock.Advance(TimeSpan.FromSeconds(3));
        await queue.TakeAsync(Patience.Token);
        _clock.Advance(TimeSpan.FromSeconds(2));
        listener.RecordObservableInstruments();
        seen.Should().Equal(new Dictionary<string, double> { ["workqueue_unfinished_work_seconds"] = 7, ["workqueue_longest_running_processor_seconds"] = 5 });

        queue.Done("a");
        queue.Done("b");
        listener.RecordObservableInstruments();
        seen.Values.Should().OnlyContain(static v => v == 0);
    }

    [Fact]
    public async Task Forget_starts_the_backoff_anew()
    {
        for (int i = 0; i < 3; i++)
        {
            _queue.AddRateLimited("a");
            _clock.Advance(TimeSpan.FromSeconds(20));
            await TakeAsync();
            _queue.Done("a");
        }

        _queue.Failures("a").Should().Be(3);
        _queue.Forget("a");
        _queue.AddRateLimited("a");
        _clock.Advance(TimeSpan.FromSeconds(1.1));
        _queue.Count.Should().Be(1);
    }

    [Fact]
    public async Task ShutDown_takes_nothing_more_and_leaves_the_work_in_hand()
    {
        _queue.Add("a");
        await TakeAsync();
        _queue.ShutDown();
        _queue.Add("late");
        _queue.Done("a");

        (await _queue.TakeAsync(Patience.Token)).IsOpen.Should().BeFalse();
    }

    private async Task<string> TakeAsync() => (await _queue.TakeAsync(Patience.Token)).Key;
}
