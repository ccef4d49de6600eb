namespace Firstline.Testing;

/// <summary>A clock that runs faster than the world, or slower. Who shares it sees nothing change but how long a test takes.</summary>
/// <param name="speed">How many of its seconds pass in one second of the world; above 0.</param>
public sealed class FastClock(double speed) : TimeProvider
{
    private readonly DateTimeOffset _begun = System.GetUtcNow();
    private readonly long _begunStamp = System.GetTimestamp();
    private volatile Pace _pace = new(speed, System.GetTimestamp(), 0);
    private long _skew;

    /// <summary>How many of its seconds pass in one second of the world; above 0. Changes what is to come: timers that are set keep the moment of the world at which they are due.</summary>
    public double Speed
    {
        get => _pace.Speed;
        set => _pace = new(value, System.GetTimestamp(), GetTimestamp() - _begunStamp);
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => System.TimestampFrequency;

    /// <inheritdoc/>
    public override long GetTimestamp() => _begunStamp + _pace.ElapsedAt(System.GetTimestamp());

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _begun + GetElapsedTime(_begunStamp) + TimeSpan.FromTicks(Interlocked.Read(ref _skew));

    /// <summary>Moves the wall clock alone, as a correction by NTP does: timestamps and timers go on as they were.</summary>
    public void Skew(TimeSpan by) => Interlocked.Add(ref _skew, by.Ticks);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(System.CreateTimer(callback, state, Scaled(dueTime), Scaled(period)), this);

    // The world's timers know whole milliseconds: a shorter wait would be none.
    private TimeSpan Scaled(TimeSpan wait) => wait == Timeout.InfiniteTimeSpan || wait == TimeSpan.Zero ? wait : TimeSpan.FromTicks(Math.Max((wait / Speed).Ticks, TimeSpan.TicksPerMillisecond));

    /// <param name="Speed">Since then.</param>
    /// <param name="Since">Timestamp of the world.</param>
    /// <param name="Before">What had passed until then by this clock, in its ticks.</param>
    private sealed record Pace(double Speed, long Since, long Before)
    {
        public long ElapsedAt(long stamp) => Before + (long)((stamp - Since) * Speed);
    }

    private sealed class FastTimer(ITimer timer, FastClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Scaled(dueTime), clock.Scaled(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
