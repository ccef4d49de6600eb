using System.Diagnostics.Metrics;

namespace Firstline.Kube.Tests.Scripted;

/// <summary>What the library's counters were told since this was made, one sum per metric and its labels: tests count side by side, so each asks for a value of its own.</summary>
internal sealed class Counted : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _sums = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Counted()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is Counter<long>)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, amount, tags, _) => Add(instrument.Name, amount, tags));
        _listener.Start();
    }

    /// <summary>The sum of a metric whose labels have these values in any order; null when it was never told of them.</summary>
    public long? Of(string metric, params string[] labels)
    {
        lock (_gate)
        {
            return _sums.TryGetValue(Key(metric, labels), out long sum) ? sum : null;
        }
    }

    /// <summary>Returns when the sum is that.</summary>
    public async Task UntilAsync(long sum, string metric, params string[] labels)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
            }

            if (Of(metric, labels) == sum)
            {
                return;
            }

            await changed.WaitAsync(Patience.Limit);
        }
    }

    public void Dispose() => _listener.Dispose();

    private static string Key(string metric, IEnumerable<string> labels) => $"{metric} {string.Join(' ', labels.Order(StringComparer.Ordinal))}";

    private void Add(string metric, long amount, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string[] labels = new string[tags.Length];
        for (int i = 0; i < tags.Length; i++)
        {
            labels[i] = $"{tags[i].Value}";
        }

        lock (_gate)
        {
            string key = Key(metric, labels);
            _sums[key] = _sums.GetValueOrDefault(key) + amount;
            (TaskCompletionSource before, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
            before.TrySetResult();
        }
    }
}
