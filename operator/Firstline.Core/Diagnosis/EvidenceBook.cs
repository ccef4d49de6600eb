using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>What was observed, by topic. A rule cites topics and gets ids back, so that no rule can cite what is not there.</summary>
internal sealed class EvidenceBook
{
    /// <summary>Most items; the API's bound.</summary>
    public const int MaxItems = 64;

    private const int MaxExcerpt = 2048;
    private const int MaxSource = 512;
    private const int MaxCitations = 32;

    private readonly ImmutableArray<string> topics;

    private EvidenceBook(ImmutableArray<EvidenceItem> items, ImmutableArray<string> topics)
    {
        Items = items;
        this.topics = topics;
    }

    /// <summary>The items, E1 first.</summary>
    public ImmutableArray<EvidenceItem> Items { get; }

    /// <summary>Makes a book of the observations, in their order, secrets removed; what exceeds <see cref="MaxItems"/> is left out.</summary>
    public static EvidenceBook Of(IEnumerable<Observation> observations)
    {
        ImmutableArray<Observation> kept = [.. observations.Take(MaxItems)];
        return new(
            [.. kept.Select(static (o, at) => new EvidenceItem
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"E{at + 1}"),
                Kind = o.Kind,
                Source = BoundedText.Of(o.Source, MaxSource),
                Time = o.Time,
                Excerpt = BoundedText.Of(o.Excerpt, MaxExcerpt),
            })],
            [.. kept.Select(static o => o.Topic)]);
    }

    /// <summary>Ids of the items on these topics, or on topics below them, in the order of the book.</summary>
    public ImmutableArray<string> Cite(params IEnumerable<string> wanted)
    {
        ImmutableArray<string> list = [.. wanted];
        return [.. Items.Where((_, at) => list.Any(topic => IsOn(topics[at], topic))).Select(static i => i.Id).Take(MaxCitations)];
    }

    private static bool IsOn(string topic, string wanted) =>
        topic == wanted || (topic.Length > wanted.Length && topic[wanted.Length] == '/' && topic.StartsWith(wanted, StringComparison.Ordinal));
}
