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
    private const int MaxKept = 4096;   // of each kind of memory
    private const string CombinedPrefix = "(combined from similar events): ";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Refill = TimeSpan.FromMinutes(5);
    private readonly Dictionary<EventKey, EventSeries> _series = [];
    private readonly Dictionary<EventKey, (HashSet<string> Messages, DateTimeOffset Last)> _similar = [];
    private readonly Dictionary<ObjectReference, (double Tokens, DateTimeOffset At)> _budgets = [];

    /// <summary>Entries held, for tests of its bound.</summary>
    internal int Kept => _series.Count + _similar.Count + _budgets.Count;

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
        Bound(_series, static s => s.Last);
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

        Bound(_similar, static s => s.Last);
        _similar[group] = (messages, recorded.At);
        return messages.Count > MaxSimilar;
    }

    private bool HasBudget(ObjectReference about, DateTimeOffset now)
    {
        (double tokens, DateTimeOffset at) = _budgets.GetValueOrDefault(about, (Burst, now));
        tokens = Math.Min(Burst, tokens + ((now - at) / Refill));
        bool isAllowed = tokens >= 1;
        Bound(_budgets, static b => b.At);
        _budgets[about] = (isAllowed ? tokens - 1 : tokens, now);
        return isAllowed;
    }

    /// <summary>
    /// Makes room for one more, by forgetting the half that was longest not heard of: whoever is forgotten is taken for new, at worst an event
    /// too many. Done wherever something is kept, so that it holds while the server stores nothing.
    /// </summary>
    private static void Bound<TKey, TValue>(Dictionary<TKey, TValue> kept, Func<TValue, DateTimeOffset> heard)
        where TKey : notnull
    {
        if (kept.Count < MaxKept)
        {
            return;
        }

        foreach (TKey old in kept.OrderBy(k => heard(k.Value)).Take(MaxKept / 2).Select(static k => k.Key).ToList())
        {
            kept.Remove(old);
        }
    }
}
