using System.Collections.Immutable;

namespace Firstline.Core.Facts;

/// <summary>A label selector.</summary>
/// <param name="Labels"><c>matchLabels</c>.</param>
/// <param name="Expressions"><c>matchExpressions</c>.</param>
public sealed record LabelSelectorFacts(ImmutableSortedDictionary<string, string> Labels, ImmutableArray<LabelExpression> Expressions)
{
    /// <summary>Selects everything.</summary>
    public static readonly LabelSelectorFacts Everything = new(ImmutableSortedDictionary<string, string>.Empty, []);

    /// <summary>True for labels that it selects.</summary>
    public bool Selects(IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Labels.All(l => labels.TryGetValue(l.Key, out string? value) && value == l.Value) && Expressions.All(e => e.Holds(labels));
    }
}
