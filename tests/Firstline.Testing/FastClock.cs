namespace Firstline.Testing;

/// <summary>A clock that runs faster than the world, or slower. Who shares it sees nothing change but how long a test takes.</summary>
/// <param name="factor">How many of its seconds pass in one second of the world; above 0.</param>
public sealed class FastClock(double factor) : TimeProvider
{
    private readonly DateTimeOffset _begun = System.GetUtcNow();
    private readonly long _begunStamp = System.GetTimestamp();
    private long _skew;

    /// <inheritdoc/>
    public override long TimestampFrequency => System.TimestampFrequency;

    /// <inheritdoc/>
    public override long GetTimestamp() => _begunStamp + (long)((System.GetTimestamp() - _begunStamp) * factor);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _begun + GetElapsedTime(_begunStamp) + TimeSpan.FromTicks(Interlocked.Read(ref _skew));

    /// <summary>Moves the wall clock alone, as a correction by NTP does: timestamps and timers go on as they were.</summary>
    public void Skew(TimeSpan by) => Interlocked.Add(ref _skew, by.Ticks);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(System.CreateTimer(callback, state, Scaled(dueTime), Scaled(period)), this);

    // The world's timers know whole milliseconds: a shorter wait would be none.
    private TimeSpan Scaled(TimeSpan wait) => wait == Timeout.InfiniteTimeSpan || wait == TimeSpan.Zero ? wait : TimeSpan.FromTicks(Math.Max((wait / factor).Ticks, TimeSpan.TicksPerMillisecond));

    private sealed class FastTimer(ITimer timer, FastClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Scaled(dueTime), clock.Scaled(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
