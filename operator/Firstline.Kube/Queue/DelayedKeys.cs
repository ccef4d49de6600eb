namespace Firstline.Kube.Queue;

/// <summary>Keys with a due time, on one timer; of several times for a key the earliest counts.</summary>
internal sealed class DelayedKeys<TKey> : IDisposable
    where TKey : notnull
{
    private readonly Lock _gate = new();
    // A timer takes 49 days at most, and an approval may expire later: what is due later is looked at again meanwhile.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly PriorityQueue<TKey, TimeSpan> _order = new();
    private readonly Dictionary<TKey, TimeSpan> _due = [];
    private readonly TimeProvider _clock;
    private readonly Action<TKey> _onDue;
    private readonly long _start;
    private readonly ITimer _timer;

    public DelayedKeys(TimeProvider clock, Action<TKey> onDue)
    {
        (_clock, _onDue, _start) = (clock, onDue, clock.GetTimestamp());
        _timer = clock.CreateTimer(_ => Release(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Monotonic: a step of the wall clock neither delays nor hurries a key.</summary>
    private TimeSpan Now => _clock.GetElapsedTime(_start);

    /// <summary>Time until the next key is due; null when none waits.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            lock (_gate)
            {
                DropOvertaken();
                return _order.TryPeek(out _, out TimeSpan due) ? due - Now : null;
            }
        }
    }

    public void Add(TKey key, TimeSpan delay)
    {
        lock (_gate)
        {
            TimeSpan due = Now + delay;
            if (_due.TryGetValue(key, out TimeSpan earlier) && earlier <= due)
            {
                return;
            }

            _due[key] = due;
            _order.Enqueue(key, due);
            Arm();
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _due.Clear();
            _order.Clear();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Release()
    {
        List<TKey> ready = [];
        lock (_gate)
        {
            TimeSpan now = Now;
            while (_order.TryPeek(out TKey? key, out TimeSpan due) && due <= now)
            {
                _order.Dequeue();
                if (_due.TryGetValue(key, out TimeSpan wanted) && wanted == due)
                {
                    _due.Remove(key);
                    ready.Add(key);
                }
            }

            Arm();
        }

        ready.ForEach(_onDue);   // outside the lock: the queue has its own
    }

    // Of a key that was put earlier the later time is still in the order.
    private void DropOvertaken()
    {
        while (_order.TryPeek(out TKey? key, out TimeSpan due) && !(_due.TryGetValue(key, out TimeSpan wanted) && wanted == due))
        {
            _order.Dequeue();
        }
    }

    private void Arm()
    {
        if (_order.TryPeek(out _, out TimeSpan next))
        {
            TimeSpan wait = next - Now;
            wait = wait > TimeSpan.Zero ? wait + TimeSpan.FromMilliseconds(1) : TimeSpan.Zero;
            _timer.Change(wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
        }
    }
}
