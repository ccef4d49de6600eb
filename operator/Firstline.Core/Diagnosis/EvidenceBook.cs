using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>What was observed, by topic. A rule cites topics and gets ids back, so that no rule can cite what is not there.</summary>
internal sealed class EvidenceBook
{
    /// <summary>Most items; the API's bound leaves room for what a model looks up.</summary>
    public const int MaxItems = 64;

    private const int MaxExcerpt = 2048;
    private const int MaxSource = 512;
    private const int MaxQuery = 1024;
    private const int MaxVersion = 128;
    private const int MaxCitations = 32;

    private readonly ImmutableArray<string> topics;

    private EvidenceBook(ImmutableArray<EvidenceItem> items, ImmutableArray<string> topics, int lastNumber)
    {
        Items = items;
        this.topics = topics;
        LastNumber = lastNumber;
    }

    /// <summary>The items, in the order in which they were observed.</summary>
    public ImmutableArray<EvidenceItem> Items { get; }

    /// <summary>The highest number ever given out in this incident.</summary>
    public int LastNumber { get; }

    /// <summary>Makes a book of the observations, in their order, secrets removed; what exceeds <see cref="MaxItems"/> is left out.</summary>
    /// <remarks>What is of a known kind and source keeps its id; what is new gets a number that no item of this incident ever had.</remarks>
    /// <param name="observations">What was observed.</param>
    /// <param name="known">The evidence of earlier diagnoses.</param>
    /// <param name="versions">resourceVersion of objects by UID.</param>
    /// <param name="redaction">What is taken out.</param>
    public static EvidenceBook Of(IEnumerable<Observation> observations, KnownEvidence known, ImmutableDictionary<string, string> versions, EvidenceRedaction redaction)
    {
        ImmutableArray<Observation> kept = [.. observations.Take(MaxItems)];
        List<EvidenceItem> free = [.. known.Items];
        int last = known.LastNumber;
        ImmutableArray<EvidenceItem>.Builder items = ImmutableArray.CreateBuilder<EvidenceItem>(kept.Length);
        foreach (Observation observation in kept)
        {
            EvidenceItem item = ItemOf(observation, versions, redaction);
            int same = free.FindIndex(k => k.Kind == item.Kind && k.Source == item.Source);
            items.Add(item with { Id = same < 0 ? KnownEvidence.IdOf(++last) : free[same].Id });
            if (same >= 0)
            {
                free.RemoveAt(same);
            }
        }

        return new(items.MoveToImmutable(), [.. kept.Select(static o => o.Topic)], last);
    }

    /// <summary>Ids of the items on these topics, or on topics below them, in the order of the book.</summary>
    public ImmutableArray<string> Cite(params IEnumerable<string> wanted)
    {
        ImmutableArray<string> list = [.. wanted];
        return [.. Items.Where((_, at) => list.Any(topic => IsOn(topics[at], topic))).Select(static i => i.Id).Take(MaxCitations)];
    }

    /// <summary>These ids, and behind them those of the items on these topics.</summary>
    public ImmutableArray<string> With(ImmutableArray<string> ids, IEnumerable<string> wanted) => [.. ids.Concat(Cite(wanted)).Distinct().Take(MaxCitations)];

    /// <summary>An observation as an item without id, bounded, secrets removed.</summary>
    internal static EvidenceItem ItemOf(Observation observation, ImmutableDictionary<string, string> versions, EvidenceRedaction redaction)
    {
        (string excerpt, int places) = redaction.Of(observation.Excerpt, MaxExcerpt);
        string? version = observation.ResourceVersion ?? (observation.Of?.Uid is { } uid ? versions.GetValueOrDefault(uid) : null);
        return new()
        {
            Kind = observation.Kind,
            Source = BoundedText.Of(observation.Source, MaxSource),
            ResourceVersion = version is { Length: > 0 and <= MaxVersion } ? version : null,
            Log = observation.Log,
            Query = observation.Query is { } query ? BoundedText.Of(query, MaxQuery) : null,
            Since = observation.Since,
            Time = observation.Time,
            Excerpt = excerpt,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(excerpt))),
            Redactions = places == 0 ? null : places,
        };
    }

    private static bool IsOn(string topic, string wanted) =>
        topic == wanted || (topic.Length > wanted.Length && topic[wanted.Length] == '/' && topic.StartsWith(wanted, StringComparison.Ordinal));
}
