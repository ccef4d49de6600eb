using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Selectors;

/// <summary>Selects by labels: all requirements must hold.</summary>
internal sealed class LabelSelector
{
    public static readonly LabelSelector Everything = new([]);

    private readonly ImmutableArray<LabelRequirement> requirements;

    private LabelSelector(ImmutableArray<LabelRequirement> requirements) => this.requirements = requirements;

    public bool IsEverything => requirements.IsEmpty;

    /// <exception cref="ApiException">400: not a selector.</exception>
    public static LabelSelector Parse(string text) => text.Trim().Length == 0 ? Everything : new(new LabelSelectorParser(text).Parse());

    /// <summary>Reads a <c>metav1.LabelSelector</c>; null selects nothing, an empty one everything.</summary>
    public static LabelSelector? From(JsonObject? selector)
    {
        if (selector is null)
        {
            return null;
        }

        IEnumerable<LabelRequirement> labels = (selector["matchLabels"] as JsonObject ?? [])
            .Select(label => new LabelRequirement(label.Key, LabelOperator.In, [ObjectMetadata.AsText(label.Value) ?? ""]));
        IEnumerable<LabelRequirement> expressions = (selector["matchExpressions"] as JsonArray ?? []).OfType<JsonObject>().Select(Expression);
        return new([.. labels, .. expressions]);
    }

    public bool Matches(IReadOnlyDictionary<string, string> labels) => requirements.All(requirement => requirement.Matches(labels));

    /// <summary>In the query form, as <c>status.selector</c> of a Scale shows it.</summary>
    public override string ToString() => string.Join(',', requirements.OrderBy(requirement => requirement.Key, StringComparer.Ordinal));

    private static LabelRequirement Expression(JsonObject expression)
    {
        LabelOperator op = ObjectMetadata.Text(expression, "operator", "") switch
        {
            "NotIn" => LabelOperator.NotIn,
            "Exists" => LabelOperator.Exists,
            "DoesNotExist" => LabelOperator.DoesNotExist,
            _ => LabelOperator.In,
        };
        return new(ObjectMetadata.Text(expression, "key", ""), op, [.. (expression["values"] as JsonArray ?? []).Select(value => ObjectMetadata.AsText(value) ?? "")]);
    }
}
