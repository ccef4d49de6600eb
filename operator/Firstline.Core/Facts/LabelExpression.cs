using System.Collections.Immutable;

namespace Firstline.Core.Facts;

/// <summary>One of a selector's <c>matchExpressions</c>.</summary>
/// <param name="Key">Label.</param>
/// <param name="Operator">In, NotIn, Exists or DoesNotExist.</param>
/// <param name="Values">Values of In and NotIn.</param>
public sealed record LabelExpression(string Key, string Operator, ImmutableArray<string> Values)
{
    /// <summary>True when it holds for the labels.</summary>
    public bool Holds(IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        bool has = labels.TryGetValue(Key, out string? value);
        return Operator switch
        {
            "In" => has && Values.Contains(value!),
            "NotIn" => !has || !Values.Contains(value!),
            "Exists" => has,
            _ => !has,
        };
    }
}
