using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>The signals that fire beyond an incident's list: so little is kept of each that a thousand fit, and enough to know its end when it comes.</summary>
/// <remarks>An item is <c>9f86d081884c7d65@2026-11-20T11:55:00Z</c>: a hash of the fingerprint, and when the trouble began.</remarks>
public static class UnlistedSignals
{
    private const int HashLength = 16;
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The part of an item that says which signal it is.</summary>
    public static string KeyOf(string fingerprint) => Fingerprints.Hash(fingerprint, HashLength);

    /// <summary>The keys of the incident's items.</summary>
    public static IEnumerable<string> KeysOf(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return incident.Status?.UnlistedSignals.Select(KeyIn) ?? [];
    }

    /// <summary>What is known of the signal when it is among <paramref name="items"/>; null when it is not.</summary>
    internal static SignalRecord? Find(ImmutableArray<string> items, SignalNews news, DateTimeOffset now)
    {
        string key = KeyOf(news.Fingerprint);
        return items.FirstOrDefault(i => KeyIn(i) == key) is not { } item ? null : new()
        {
            Fingerprint = news.Fingerprint, Source = news.Source, Name = news.Name, Summary = news.Summary, FirstSeen = now, LastSeen = now, Count = 1, StartedAt = TimeIn(item),
        };
    }

    /// <summary>The items without the signal of the news, with those that found no room.</summary>
    internal static ImmutableArray<string> After(ImmutableArray<string> items, SignalNews news, IEnumerable<SignalRecord> noRoom)
    {
        string key = KeyOf(news.Fingerprint);
        return [.. items.Where(i => KeyIn(i) != key), .. noRoom.Select(static s => $"{KeyOf(s.Fingerprint)}@{(s.StartedAt ?? s.FirstSeen).UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}")];
    }

    private static string KeyIn(string item) => item.Length <= HashLength ? item : item[..HashLength];

    private static DateTimeOffset? TimeIn(string item) =>
        DateTimeOffset.TryParseExact(
            item[Math.Min(item.Length, HashLength + 1)..], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time : null;
}
