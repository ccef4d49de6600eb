using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>Label selectors as objects have them (<c>matchLabels</c>, <c>matchExpressions</c>).</summary>
internal static class LabelSelection
{
    public static bool IsEmpty(JsonObject? selector) =>
        (selector.Fields("matchLabels")?.Count ?? 0) == 0 && selector.List("matchExpressions").Count == 0;

    public static bool Matches(JsonObject selector, JsonObject? labels) =>
        (selector.Fields("matchLabels") ?? []).All(l => labels.Text(l.Key) == l.Value.Text())
        && selector.Objects("matchExpressions").All(e => Holds(e, labels.Text(e.Text("key") ?? "")));

    /// <summary>The selector as kubectl prints it: <c>app=web,tier in (a,b)</c>; <c>&lt;none&gt;</c> for an empty one.</summary>
    public static string Format(JsonObject? selector)
    {
        IEnumerable<string> parts = (selector.Fields("matchLabels") ?? [])
            .OrderBy(l => l.Key, StringComparer.Ordinal)
            .Select(l => $"{l.Key}={l.Value.Text()}")
            .Concat(selector.Objects("matchExpressions").Select(Format));
        string text = string.Join(',', parts);
        return text.Length == 0 ? "<none>" : text;
    }

    private static string FormatValues(JsonObject expression) => string.Join(',', expression.Strings("values").Order(StringComparer.Ordinal));

    private static bool Holds(JsonObject expression, string? value) => expression.Text("operator") switch
    {
        "In" => value is not null && expression.Strings("values").Contains(value),
        "NotIn" => value is null || !expression.Strings("values").Contains(value),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        _ => false,
    };

    private static string Format(JsonNode expression)
    {
        string key = expression.Text("key") ?? "";
        return expression.Text("operator") switch
        {
            "In" => $"{key} in ({FormatValues(expression.AsObject())})",
            "NotIn" => $"{key} notin ({FormatValues(expression.AsObject())})",
            "DoesNotExist" => $"!{key}",
            _ => key,
        };
    }
}
