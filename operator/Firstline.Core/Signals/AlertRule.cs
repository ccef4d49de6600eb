using System.Collections.Immutable;

namespace Firstline.Core.Signals;

/// <summary>Classifies signals by name and labels: what an operator's users know of their alerts.</summary>
public sealed record AlertRule
{
    /// <summary>The name; null for any.</summary>
    public NamePattern? Alert { get; init; }

    /// <summary>Labels that must be there with these values.</summary>
    public ImmutableSortedDictionary<string, NamePattern> Labels { get; init; } = ImmutableSortedDictionary<string, NamePattern>.Empty;

    /// <summary>The cause that it points to; null for what the signal says itself.</summary>
    public string? Cause { get; init; }

    /// <summary>The category; null for that of the cause.</summary>
    public string? Category { get; init; }

    /// <summary>The object, whose places are labels; null for what the labels name by <see cref="TargetResolver"/>.</summary>
    public SignalTarget? Target { get; init; }

    /// <summary>True for a signal that it is for.</summary>
    public bool Matches(Signal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        return (Alert is null || Alert.Matches(signal.Name)) && Labels.All(l => l.Value.Matches(signal.Labels.GetValueOrDefault(l.Key)));
    }
}
