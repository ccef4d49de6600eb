namespace Firstline.Cli.Evaluation;

/// <summary>A clock that stands still until it is moved; timers fire, in their order, while it moves forward.</summary>
/// <remarks>It makes windows of minutes pass at once. It may be set back while nothing waits on it: an object is stored at the time at which it was made.</remarks>
internal sealed class EvaluationClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly HashSet<Timer> _timers = [];
    private DateTimeOffset _now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Timer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Puts the clock to a moment, without firing timers.</summary>
    public void Set(DateTimeOffset now)
    {
        lock (_gate)
        {
            _now = now;
        }
    }

    /// <summary>Moves the clock forward.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset end = GetUtcNow() + by;
        while (NextDue(end) is { } timer)
        {
            timer.Fire();
        }

        Set(end);
    }

    private Timer? NextDue(DateTimeOffset end)
    {
        lock (_gate)
        {
            Timer? next = _timers.Where(t => t.Due <= end).MinBy(static t => t.Due);
            if (next is not null)
            {
                _now = next.Due > _now ? next.Due : _now;
                Set(next, next.Period);
            }

            return next;
        }
    }

    private void Set(Timer timer, TimeSpan wait)
    {
        _timers.Remove(timer);
        if (wait != Timeout.InfiniteTimeSpan)
        {
            timer.Due = _now + wait;
            _timers.Add(timer);
        }
    }

    private sealed class Timer(EvaluationClock clock, Action fire) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; private set; } = Timeout.InfiniteTimeSpan;

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                Period = period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan;
                clock.Set(this, dueTime);
                return true;
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
