using Firstline.Testing;
using FluentAssertions;
using Firstline.DevServer.Simulation.Queue;
using Xunit;

namespace Firstline.DevServer.Tests.Simulation.Queue;

public class DelayQueueTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Take_gives_a_key_once_however_often_it_was_added()
    {
        using DelayQueue<string> queue = new(_clock);
        queue.Add("a");
        queue.Add("a");
        queue.Add("b");

        (await Take(queue)).Should().Be("a");
        (await Take(queue)).Should().Be("b");
    }

    [Fact]
    public async Task A_key_that_changes_while_it_is_worked_on_comes_again_when_that_is_done()
    {
        using DelayQueue<string> queue = new(_clock);
        queue.Add("a");
        string taken = await Take(queue);
        queue.Add("a");
        Task<string> next = Take(queue);
        next.IsCompleted.Should().BeFalse("one worker at a time has a key");

        queue.Done(taken);

        (await next).Should().Be("a");
    }

    [Fact]
    public void AddAfter_takes_more_time_than_a_timer_does()
    {
        using DelayQueue<string> queue = new(TimeProvider.System);

        queue.Invoking(q => q.AddAfter("a", TimeSpan.FromDays(465))).Should().NotThrow();
    }

    [Fact]
    public async Task AddAfter_gives_the_key_when_its_time_has_come()
    {
        using DelayQueue<string> queue = new(_clock);
        queue.AddAfter("a", TimeSpan.FromSeconds(10));
        Task<string> next = Take(queue);
        _clock.Advance(TimeSpan.FromSeconds(9));
        next.IsCompleted.Should().BeFalse();

        _clock.Advance(TimeSpan.FromSeconds(2));

        (await next).Should().Be("a");
    }

    [Fact]
    public async Task AddAfter_keeps_the_earlier_time()
    {
        using DelayQueue<string> queue = new(_clock);
        queue.AddAfter("a", TimeSpan.FromSeconds(60));
        queue.AddAfter("a", TimeSpan.FromSeconds(5));
        queue.AddAfter("a", TimeSpan.FromSeconds(90));
        Task<string> next = Take(queue);

        _clock.Advance(TimeSpan.FromSeconds(6));

        (await next).Should().Be("a");
    }

    private static Task<string> Take(DelayQueue<string> queue) => queue.TakeAsync(CancellationToken.None).AsTask();
}
