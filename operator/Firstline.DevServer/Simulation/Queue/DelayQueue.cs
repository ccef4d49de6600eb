namespace Firstline.DevServer.Simulation.Queue;

/// <summary>
/// Keys to work on: a key waits at most once, is worked on by one worker at a time, and may be added for later.
/// Waiting is one timer, set to the earliest due time.
/// </summary>
internal sealed class DelayQueue<T> : IDisposable
    where T : notnull
{
    // A timer takes 49 days at most, and a CronJob may be due in years: what is due later is looked at again meanwhile.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly Queue<T> _ready = new();
    private readonly SemaphoreSlim _available = new(0);
    private readonly HashSet<T> _waiting = [];
    private readonly HashSet<T> _working = [];
    private readonly PriorityQueue<T, DateTimeOffset> _later = new();
    private readonly Dictionary<T, DateTimeOffset> _due = [];

    public DelayQueue(TimeProvider clock)
    {
        _clock = clock;
        _timer = clock.CreateTimer(_ => MoveDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(T key)
    {
        lock (_gate)
        {
            AddReady(key);
        }
    }

    /// <summary>Adds the key when <paramref name="delay"/> has passed; an earlier time that is set already stays.</summary>
    public void AddAfter(T key, TimeSpan delay)
    {
        lock (_gate)
        {
            DateTimeOffset due = _clock.GetUtcNow() + delay;
            if (_due.TryGetValue(key, out DateTimeOffset set) && set <= due)
            {
                return;
            }

            _due[key] = due;
            _later.Enqueue(key, due);
            SetTimer();
        }
    }

    /// <summary>The next key; the caller calls <see cref="Done"/> when it has worked on it.</summary>
    public async ValueTask<T> TakeAsync(CancellationToken ct)
    {
        await _available.WaitAsync(ct);
        lock (_gate)
        {
            T key = _ready.Dequeue();
            _waiting.Remove(key);
            _working.Add(key);
            return key;
        }
    }

    public void Done(T key)
    {
        lock (_gate)
        {
            _working.Remove(key);
            if (_waiting.Contains(key))
            {
                Release(key);
            }
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _available.Dispose();
    }

    private void AddReady(T key)
    {
        if (_waiting.Add(key) && !_working.Contains(key))
        {
            Release(key);
        }
    }

    private void Release(T key)
    {
        _ready.Enqueue(key);
        _available.Release();
    }

    private void MoveDue()
    {
        lock (_gate)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            while (_later.TryPeek(out T? key, out DateTimeOffset due) && due <= now)
            {
                _later.Dequeue();
                if (_due.TryGetValue(key, out DateTimeOffset set) && set == due)
                {
                    _due.Remove(key);
                    AddReady(key);
                }
            }

            SetTimer();
        }
    }

    private void SetTimer()
    {
        if (_later.TryPeek(out _, out DateTimeOffset due))
        {
            // A timer may fire early by less than a millisecond: one more keeps it from spinning.
            TimeSpan wait = due - _clock.GetUtcNow();
            wait = wait <= TimeSpan.Zero ? TimeSpan.Zero : wait + TimeSpan.FromMilliseconds(1);
            _timer.Change(wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
        }
    }
}
