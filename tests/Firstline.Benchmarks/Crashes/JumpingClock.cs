namespace Firstline.Benchmarks.Crashes;

/// <summary>Another clock whose wall time can be set wrong at any moment; waits go on as they were, as on a machine whose clock is corrected.</summary>
internal sealed class JumpingClock(TimeProvider right) : TimeProvider
{
    private long _wrongBy;

    public override long TimestampFrequency => right.TimestampFrequency;

    public void Jump(TimeSpan by) => Interlocked.Add(ref _wrongBy, by.Ticks);

    public override long GetTimestamp() => right.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => right.GetUtcNow().AddTicks(Interlocked.Read(ref _wrongBy));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => right.CreateTimer(callback, state, dueTime, period);
}
