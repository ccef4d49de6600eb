namespace Firstline.Kube.Events;

/// <summary>
/// Decides what becomes of an event, by client-go's rules: the same again within ten minutes counts up; from the eleventh different message
/// of one reason on, one combined event takes them all; an object that is told about faster than its budget is left alone.
/// </summary>
/// <remarks>For one caller at a time.</remarks>
internal sealed class EventCorrelator
{
    private const int MaxSimilar = 10;
    private const int Burst = 25;
    private const int MaxKept = 4096;
    private const string CombinedPrefix = "(combined from similar events): ";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Refill = TimeSpan.FromMinutes(5);
    private readonly Dictionary<EventKey, EventSeries> _series = [];
    private readonly Dictionary<EventKey, (HashSet<string> Messages, DateTimeOffset Last)> _similar = [];
    private readonly Dictionary<ObjectReference, (double Tokens, DateTimeOffset At)> _budgets = [];

    /// <summary>What to store; null to drop the event.</summary>
    public Correlation? Correlate(RecordedEvent recorded)
    {
        if (!HasBudget(recorded.About, recorded.At))
        {
            return null;
        }

        bool isOneOfMany = IsOneOfMany(recorded);
        RecordedEvent stored = isOneOfMany ? recorded with { Message = CombinedPrefix + recorded.Message } : recorded;
        EventKey key = new(recorded.About, recorded.Type, recorded.Reason, isOneOfMany ? null : recorded.Message);
        EventSeries? series = _series.GetValueOrDefault(key);
        return new Correlation(stored, key, series is not null && recorded.At - series.Last <= Window ? series : null);
    }

    /// <summary>The event was stored as this series.</summary>
    public void Stored(EventKey key, EventSeries series)
    {
        if (_series.Count >= MaxKept)
        {
            Forget(series.Last);
        }

        _series[key] = series;
    }

    private bool IsOneOfMany(RecordedEvent recorded)
    {
        EventKey group = new(recorded.About, recorded.Type, recorded.Reason, null);
        (HashSet<string> messages, DateTimeOffset last) = _similar.GetValueOrDefault(group, ([], recorded.At));
        if (recorded.At - last > Window)
        {
            messages = [];
        }

        if (messages.Count <= MaxSimilar)
        {
            messages.Add(recorded.Message);
        }

        _similar[group] = (messages, recorded.At);
        return messages.Count > MaxSimilar;
    }

    private bool HasBudget(ObjectReference about, DateTimeOffset now)
    {
        (double tokens, DateTimeOffset at) = _budgets.GetValueOrDefault(about, (Burst, now));
        tokens = Math.Min(Burst, tokens + ((now - at) / Refill));
        bool isAllowed = tokens >= 1;
        _budgets[about] = (isAllowed ? tokens - 1 : tokens, now);
        return isAllowed;
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (EventKey old in _series.Where(s => now - s.Value.Last > Window).Select(s => s.Key).ToList())
        {
            _series.Remove(old);
        }

        foreach (EventKey old in _similar.Where(s => now - s.Value.Last > Window).Select(s => s.Key).ToList())
        {
            _similar.Remove(old);
        }

        foreach (ObjectReference old in _budgets.Where(b => now - b.Value.At > Refill * Burst).Select(b => b.Key).ToList())
        {
            _budgets.Remove(old);
        }
    }
}
