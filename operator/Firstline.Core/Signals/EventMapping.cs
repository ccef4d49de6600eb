using System.Collections.Immutable;

namespace Firstline.Core.Signals;

/// <summary>Declares which fields of a JSON event say what. What is left out is not read.</summary>
public sealed record EventMapping
{
    /// <summary>What it is for: the last part of the webhook's path, or the type of CloudEvents (with * at the end for all that begin so).</summary>
    public required NamePattern For { get; init; }

    /// <summary>Where in the body the list of events is; null when the body is one event, or a list of them.</summary>
    public EventText? Events { get; init; }

    /// <summary>Name of the signal; null for what the mapping is for.</summary>
    public EventText? Name { get; init; }

    /// <summary>What it says, in one sentence.</summary>
    public EventText? Summary { get; init; }

    /// <summary>Cause; a label that is not known is passed over.</summary>
    public EventText? Cause { get; init; }

    /// <summary>When it happened; without it the time of arrival, so that what was overtaken on its way can't be told from news.</summary>
    public EventText? Time { get; init; }

    /// <summary>What makes two events one trouble: the end of it carries the same texts as its begin. Empty for name, target and labels.</summary>
    public ImmutableArray<EventText> Fingerprint { get; init; } = [];

    /// <summary>Says whether the trouble is over; null when no event ever says so.</summary>
    public EventText? State { get; init; }

    /// <summary>Texts of <see cref="State"/> that say that it is over; upper and lower case count as equal.</summary>
    public ImmutableArray<string> Resolved { get; init; } = [];

    /// <summary>An object whose texts are labels.</summary>
    public EventText? LabelsAt { get; init; }

    /// <summary>Labels one by one.</summary>
    public ImmutableSortedDictionary<string, EventText> Labels { get; init; } = ImmutableSortedDictionary<string, EventText>.Empty;

    /// <summary>The object in trouble; null for what the labels name.</summary>
    public SignalTarget? Target { get; init; }
}
