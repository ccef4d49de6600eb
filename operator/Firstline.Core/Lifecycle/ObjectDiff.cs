using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Core.Facts;

namespace Firstline.Core.Lifecycle;

/// <summary>Says field by field what differs between two states of one object, for people: bounded, and without secrets.</summary>
public static class ObjectDiff
{
    private const int MaxValue = 120;
    private const int MaxLine = 512;

    // What the API server counts and keeps for itself, and the operator's own mark.
    private static readonly string[] Passed = ["metadata.managedFields", "metadata.resourceVersion", "metadata.generation", "metadata.uid", "metadata.creationTimestamp", "status"];

    /// <summary>One line per field, such as <c>spec.template.spec.containers[app].image: web:2 -> web:1</c>.</summary>
    /// <param name="before">The object as it is; null when it is to be created.</param>
    /// <param name="after">The object as it would be.</param>
    public static IEnumerable<string> Of(JsonNode? before, JsonNode? after) => Fields(before, after, "").Select(static line => BoundedText.Of(line, MaxLine));

    private static IEnumerable<string> Fields(JsonNode? before, JsonNode? after, string path)
    {
        if (JsonNode.DeepEquals(before, after) || Array.Exists(Passed, p => p == path) || path.EndsWith($"[{Api.V1Alpha1.AnnotationNames.LastRemediation}]", StringComparison.Ordinal))
        {
            return [];
        }

        return (before, after) switch
        {
            (JsonObject or null, JsonObject or null) when (before ?? after) is JsonObject => Members(before as JsonObject ?? [], after as JsonObject ?? [], path),
            (JsonArray one, JsonArray other) when HaveNames(one) && HaveNames(other) => Members(ByName(one), ByName(other), path, isList: true),
            _ => [$"{path}: {Change(before, after, path)}"],
        };
    }

    private static IEnumerable<string> Members(JsonObject before, JsonObject after, string path, bool isList = false) =>
        before.Select(static m => m.Key).Concat(after.Select(static m => m.Key)).Distinct(StringComparer.Ordinal)
            .SelectMany(key => Fields(before[key], after[key], isList || key.Contains('.', StringComparison.Ordinal) ? $"{path}[{key}]" : path.Length == 0 ? key : $"{path}.{key}"));

    private static string Change(JsonNode? before, JsonNode? after, string path) =>
        before is null ? $"{Value(after, path)} (new)" : after is null ? $"{Value(before, path)} (removed)" : $"{Value(before, path)} -> {Value(after, path)}";

    private static bool HaveNames(JsonArray list) => list.Count > 0 && list.All(static i => i is JsonObject o && NameOf(o) is not null) && list.Select(static i => NameOf(i!)).Distinct().Count() == list.Count;

    private static string? NameOf(JsonNode item) => item["name"] is JsonValue name && name.GetValueKind() == JsonValueKind.String ? (string?)name : null;

    private static JsonObject ByName(JsonArray list) => new(list.Select(static i => KeyValuePair.Create(NameOf(i!)!, (JsonNode?)i!.DeepClone())));

    // The names on the way to a value tell whether it is a secret.
    private static string Value(JsonNode? node, string path)
    {
        string text = node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? (string)value! : node!.ToJsonString();
        string name = path.Replace('[', '.').Replace("]", "", StringComparison.Ordinal).Replace('/', '.');
        string shown = Redactor.Redact($"{name}: {BoundedText.Shorten(text, MaxValue)}");
        return shown.StartsWith($"{name}: ", StringComparison.Ordinal) ? shown[(name.Length + 2)..] : Redactor.Mark;
    }
}
