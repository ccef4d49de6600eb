using Firstline.Kube.Informers;

namespace Firstline.Cli.Watching;

/// <summary>Waits for objects to come into a state, by their watch: no polling, and nothing is missed between two looks.</summary>
internal sealed class Watched<T>
    where T : class
{
    private readonly Lock _gate = new();
    private readonly List<Waiter> _waiters = [];
    private readonly Informer<T> _informer;

    public Watched(Informer<T> informer)
    {
        _informer = informer;
        informer.AddHandler(OnChange);
    }

    /// <summary>All objects as they are now.</summary>
    public IEnumerable<T> All => _informer.List();

    /// <summary>The first object for which <paramref name="holds"/> is true; at once when there is one already.</summary>
    /// <param name="what">What is waited for, for the message when it does not come.</param>
    /// <param name="holds">The state.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <exception cref="TimeoutException">It did not come in time; the message says what.</exception>
    public async Task<T> UntilAsync(string what, Func<T, bool> holds, TimeSpan limit, CancellationToken ct)
    {
        Waiter waiter = new(holds);
        lock (_gate)
        {
            _waiters.Add(waiter);
        }

        // What was there before the waiter was: a change in between is seen by both, which does no harm.
        foreach (T value in _informer.List())
        {
            waiter.Offer(value);
        }

        try
        {
            return await waiter.Found.Task.WaitAsync(limit, ct);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{what} did not happen within {limit.TotalSeconds:0} s", e);
        }
        finally
        {
            lock (_gate)
            {
                _waiters.Remove(waiter);
            }
        }
    }

    private void OnChange(ResourceChange<T> change)
    {
        if (change.New is not { } value)
        {
            return;
        }

        Waiter[] waiters;
        lock (_gate)
        {
            waiters = [.. _waiters];
        }

        foreach (Waiter waiter in waiters)
        {
            waiter.Offer(value);
        }
    }

    private sealed class Waiter(Func<T, bool> holds)
    {
        public TaskCompletionSource<T> Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Offer(T value)
        {
            if (holds(value))
            {
                Found.TrySetResult(value);
            }
        }
    }
}
