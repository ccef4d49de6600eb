using System.Collections.Concurrent;
using System.Diagnostics;

namespace Firstline.Benchmarks;

/// <summary>When things were seen first, on one clock.</summary>
internal sealed class Moments
{
    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly ConcurrentDictionary<(string What, string Name), TaskCompletionSource<TimeSpan>> _seen = new();

    /// <summary>The time of this clock.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(_begun);

    /// <summary>Notes that it is seen now, if it was not before.</summary>
    public void Note(string what, string name) => Slot(what, name).TrySetResult(Now);

    /// <summary>When it was seen first; waits for it.</summary>
    public Task<TimeSpan> OfAsync(string what, string name, TimeSpan limit) => Slot(what, name).Task.WaitAsync(limit);

    private TaskCompletionSource<TimeSpan> Slot(string what, string name) =>
        _seen.GetOrAdd((what, name), static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
