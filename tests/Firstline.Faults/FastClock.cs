using System.Diagnostics;

namespace Firstline.Faults;

/// <summary>A clock that runs many times faster than the real one, and whose wall time can be set wrong at any moment.</summary>
internal sealed class FastClock(int speed) : TimeProvider
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _skew;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Stopwatch.GetElapsedTime(_start).Ticks * speed;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero).AddTicks(GetTimestamp() + Interlocked.Read(ref _skew));

    /// <summary>Moves the wall clock alone, as a correction by NTP does; the monotonic one goes on.</summary>
    public void Skew(TimeSpan by) => Interlocked.Add(ref _skew, by.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(System.CreateTimer(callback, state, Scaled(dueTime), Scaled(period)), Scaled);

    private TimeSpan Scaled(TimeSpan wait) => wait == Timeout.InfiniteTimeSpan || wait == TimeSpan.Zero ? wait : TimeSpan.FromTicks(Math.Max(wait.Ticks / speed, TimeSpan.TicksPerMillisecond));

    private sealed class FastTimer(ITimer timer, Func<TimeSpan, TimeSpan> scaled) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(scaled(dueTime), scaled(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
