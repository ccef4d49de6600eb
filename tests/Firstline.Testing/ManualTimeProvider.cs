namespace Firstline.Testing;

/// <summary>A clock that stands still until a test moves it; timers fire while it moves.</summary>
/// <param name="start">What it shows at first; noon of a day of 2026 where none is given.</param>
public sealed class ManualTimeProvider(DateTimeOffset? start = null) : TimeProvider
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(Func<TimeSpan, bool> Match, TaskCompletionSource<TimeSpan> Found)> _waiters = [];
    private DateTimeOffset _now = start ?? new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves it; what falls due meanwhile fires in its order, before this returns.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset end = GetUtcNow() + by;
        while (NextDue(end) is { } timer)
        {
            timer.Fire();
        }

        lock (_gate)
        {
            _now = end;
        }
    }

    /// <summary>Completes when a timer with a wait that matches is set (or is already).</summary>
    public Task<TimeSpan> TimerAsync(Func<TimeSpan, bool> match)
    {
        lock (_gate)
        {
            foreach (ManualTimer timer in _timers)
            {
                if (timer.Due is not null && match(timer.Wait))
                {
                    return Task.FromResult(timer.Wait);
                }
            }

            TaskCompletionSource<TimeSpan> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((match, found));
            return found.Task.WaitAsync(Limit);
        }
    }

    /// <summary>Moves it from timer to timer, those with a wait that matches, until something is over.</summary>
    /// <returns>What came of it.</returns>
    public async Task<T> DriveAsync<T>(Task<T> until, Func<TimeSpan, bool> match)
    {
        ArgumentNullException.ThrowIfNull(until);
        while (!until.IsCompleted)
        {
            Task<TimeSpan> timer = TimerAsync(match);
            if (await Task.WhenAny(until, timer) == timer)
            {
                Advance(await timer);
            }
        }

        return await until;
    }

    private ManualTimer? NextDue(DateTimeOffset end)
    {
        lock (_gate)
        {
            ManualTimer? next = _timers.Where(t => t.Due <= end).MinBy(t => t.Due);
            if (next is { Due: { } due })
            {
                _now = due > _now ? due : _now;
                next.Due = null;
            }

            return next;
        }
    }

    private void Set(ManualTimer timer, TimeSpan wait)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            timer.Due = wait == Timeout.InfiniteTimeSpan ? null : _now + wait;
            timer.Wait = wait;
            if (timer.Due is null)
            {
                return;
            }

            _timers.Add(timer);
            foreach ((_, TaskCompletionSource<TimeSpan> found) in _waiters.Where(w => w.Match(wait)).ToList())
            {
                found.TrySetResult(wait);
            }

            _waiters.RemoveAll(w => w.Found.Task.IsCompleted);
        }
    }

    private sealed class ManualTimer(ManualTimeProvider clock, Action fire) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public TimeSpan Wait { get; set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Set(this, dueTime);
            return true;
        }

        public void Dispose() => clock.Set(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
