using System.Diagnostics.CodeAnalysis;

namespace Firstline.Kube.Queue;

/// <summary>
/// Keys that wait for a worker, with client-go's contract: a key that waits already is not added twice; a key that is being worked on is
/// handed out again only after <see cref="Done"/>, so no two workers ever hold the same key; keys are served in the order they came.
/// </summary>
public sealed class WorkQueue<TKey> : IDisposable
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Queue<TKey> _ready = new();
    private readonly Dictionary<TKey, long> _waiting = [];      // key -> when it was added
    private readonly Dictionary<TKey, long> _working = [];      // key -> when it was taken
    private readonly Dictionary<TKey, int> _failures = [];
    private readonly Queue<TaskCompletionSource<bool>> _takers = new();
    private readonly DelayedKeys<TKey> _delayed;
    private readonly TimeProvider _clock;
    private readonly Backoff _backoff;
    private readonly Random _random;
    private readonly QueueMetrics _metrics;
    private bool _isShutDown;

    /// <param name="name">Name in metrics, such as the controller's.</param>
    /// <param name="clock">Source of time.</param>
    /// <param name="backoff">Waits of <see cref="AddRateLimited"/>; null for <see cref="Backoff.PerItem"/>.</param>
    /// <param name="random">Source of jitter.</param>
    public WorkQueue(string name, TimeProvider clock, Backoff? backoff = null, Random? random = null)
    {
        _clock = clock;
        _backoff = backoff ?? Backoff.PerItem;
        _random = random ?? Random.Shared;
        _metrics = new QueueMetrics(name);
        _delayed = new DelayedKeys<TKey>(clock, Add);
        _metrics.Show(InWork);
    }

    /// <summary>Keys that wait for a worker now; delayed ones apart.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _ready.Count;
            }
        }
    }

    /// <summary>Keys that wait or are being worked on, and when the next delayed one is due.</summary>
    public QueueLoad Load
    {
        get
        {
            lock (_gate)
            {
                return new(_waiting.Count + _working.Keys.Count(key => !_waiting.ContainsKey(key)), _delayed.NextDue);
            }
        }
    }

    /// <summary>Hands the key to a worker as soon as one is free.</summary>
    public void Add(TKey key)
    {
        lock (_gate)
        {
            if (_isShutDown || !_waiting.TryAdd(key, _clock.GetTimestamp()))
            {
                return;
            }

            _metrics.Added();
            if (!_working.ContainsKey(key))
            {
                MakeReady(key);
            }
        }
    }

    /// <summary>
    /// Adds the key after a while. An add in the meantime does not cancel it, and of several the earliest counts: a promised run is never lost.
    /// </summary>
    public void AddAfter(TKey key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            Add(key);
            return;
        }

        lock (_gate)
        {
            if (!_isShutDown)
            {
                _delayed.Add(key, delay);
            }
        }
    }

    /// <summary>Adds the key after its backoff, which doubles with each call until <see cref="Forget"/>.</summary>
    /// <param name="key">What to add.</param>
    /// <param name="atLeast">A wait that the API server asked for; counts where it is longer, but no longer than the backoff's longest.</param>
    public void AddRateLimited(TKey key, TimeSpan atLeast = default)
    {
        TimeSpan delay;
        lock (_gate)
        {
            int failures = _failures[key] = _failures.GetValueOrDefault(key) + 1;
            delay = _backoff.Delay(failures, _random.NextDouble(), atLeast);
        }

        _metrics.Retried();
        AddAfter(key, delay);
    }

    /// <summary>Failures counted for the key.</summary>
    public int Failures(TKey key)
    {
        lock (_gate)
        {
            return _failures.GetValueOrDefault(key);
        }
    }

    /// <summary>The key went well: its backoff starts anew.</summary>
    public void Forget(TKey key)
    {
        lock (_gate)
        {
            _failures.Remove(key);
        }
    }

    /// <summary>The next key; call <see cref="Done"/> when finished with it. False when the queue is shut down and empty.</summary>
    public async ValueTask<(bool IsOpen, TKey Key)> TakeAsync(CancellationToken ct)
    {
        while (true)
        {
            TaskCompletionSource<bool> taker;
            lock (_gate)
            {
                if (TryTake(out TKey? key))
                {
                    return (true, key);
                }

                if (_isShutDown)
                {
                    return (false, default!);
                }

                taker = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                _takers.Enqueue(taker);
            }

            try
            {
                await taker.Task.WaitAsync(ct);
            }
            catch (OperationCanceledException)
            {
                PassTurnOn(taker);
                throw;
            }
        }
    }

    /// <summary>The worker is finished with the key; when it was added meanwhile it waits again.</summary>
    public void Done(TKey key)
    {
        lock (_gate)
        {
            if (_working.Remove(key, out long taken))
            {
                _metrics.Worked(_clock.GetElapsedTime(taken));
            }

            if (_waiting.ContainsKey(key))
            {
                MakeReady(key);
            }
        }
    }

    /// <summary>Takes no more keys and forgets delayed ones; what waits is still handed out.</summary>
    public void ShutDown()
    {
        lock (_gate)
        {
            _isShutDown = true;
            _delayed.Clear();
            while (_takers.TryDequeue(out TaskCompletionSource<bool>? taker))
            {
                taker.TrySetResult(false);
            }
        }
    }

    public void Dispose()
    {
        ShutDown();
        _delayed.Dispose();
        _metrics.Dispose();
    }

    private TimeSpan[] InWork()
    {
        lock (_gate)
        {
            return [.. _working.Values.Select(taken => _clock.GetElapsedTime(taken))];
        }
    }

    private void MakeReady(TKey key)
    {
        _ready.Enqueue(key);
        WakeOne();
    }

    private void WakeOne()
    {
        while (_takers.TryDequeue(out TaskCompletionSource<bool>? taker) && !taker.TrySetResult(true))
        {
        }
    }

    private bool TryTake([MaybeNullWhen(false)] out TKey key)
    {
        if (!_ready.TryDequeue(out key))
        {
            return false;
        }

        _waiting.Remove(key, out long added);
        _working[key] = _clock.GetTimestamp();
        _metrics.Taken(_clock.GetElapsedTime(added));
        return true;
    }

    /// <summary>A worker that gives up leaves the line; when it was woken at the same moment, the next one has its turn.</summary>
    private void PassTurnOn(TaskCompletionSource<bool> taker)
    {
        lock (_gate)
        {
            if (!taker.TrySetCanceled(CancellationToken.None) && _ready.Count > 0)
            {
                WakeOne();
            }
        }
    }
}
