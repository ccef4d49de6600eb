using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Firstline.DevServer.Tests.Conformance;

/// <summary>Replaces what must differ from server to server and from run to run: versions, uids, times of now, generated names, the test's namespace.</summary>
internal sealed partial class Normaliser(string ns, bool showsManagedFields)
{
    private readonly HashSet<string> _prefixes = [];

    private static readonly JsonSerializerOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line of JSON, fields in the order of their names.</summary>
    public string Line(JsonNode? node) => Clean(node, "")?.ToJsonString(Compact) ?? "null";

    /// <summary>Names that begin so and end in five letters are made up by the server.</summary>
    public void Generates(string prefix) => _prefixes.Add(prefix);

    public string Text(string text)
    {
        text = _prefixes.Aggregate(text, static (whole, prefix) => Regex.Replace(whole, $"{Regex.Escape(prefix)}[a-z0-9]{{5}}(?![a-z0-9])", $"{prefix}(generated)"));
        text = text.Replace(ns, "(ns)", StringComparison.Ordinal);
        text = Uid().Replace(text, "(uid)");
        text = Number().Replace(text, "$1(rv)");
        text = TwoNumbers().Replace(text, "$1(rv) ((rv))");
        text = StorageError().Replace(text, "");
        text = Scheme().Replace(text, "");
        text = Hash().Replace(text, "hash=(hash)");
        return Stamp().Replace(text, match => IsNow(match.Value) ? "(time)" : match.Value);
    }

    private JsonNode? Clean(JsonNode? node, string field) => node switch
    {
        JsonObject map => Clean(map),
        JsonArray list => Clean(list, field),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => JsonValue.Create(Clean(field, value.GetValue<string>())),
        _ => node?.DeepClone(),
    };

    // Entries of managed fields are ordered by their seconds, what discovery lists is in no order, and a server may find the same cause twice and say it twice.
    private JsonArray Clean(JsonArray list, string field)
    {
        // The cells of one row are a list; those of several rows, picked out by a path, are a list of lists.
        bool cells = field is "cells" or "cell" || field.EndsWith(".cells", StringComparison.Ordinal);
        IEnumerable<JsonNode?> items = list.Select(item => Clean(item, cells ? "cell" : ""));
        return field switch
        {
            "managedFields" => [.. items.OrderBy(entry => $"{entry!["operation"]} {entry["manager"]} {entry["subresource"]}", StringComparer.Ordinal)],
            "causes" => [.. items.DistinctBy(cause => cause!.ToJsonString())],
            "verbs" or "resources" or "subresources" => [.. items.OrderBy(item => item!.ToJsonString(), StringComparer.Ordinal)],
            _ => [.. items],
        };
    }

    private JsonObject Clean(JsonObject map)
    {
        JsonObject clean = [];
        foreach ((string field, JsonNode? value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if ((field == "managedFields" && !showsManagedFields) || field == "storageVersionHash")
            {
                continue;
            }

            clean[Text(field)] = Clean(value, field);
        }

        return clean;
    }

    private string Clean(string field, string text) => field switch
    {
        "resourceVersion" when text is not "" and not "0" => "(rv)",
        "continue" when text.Length > 0 => "(continue)",
        "cell" when Age().IsMatch(text) => "(age)",
        _ => Text(text),
    };

    private static bool IsNow(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out DateTimeOffset time) && (TimeProvider.System.GetUtcNow() - time).Duration() < TimeSpan.FromDays(1);

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uid();

    [GeneratedRegex(@"(ResourceVersion in record \(|current: |resourceVersion\\*""?: ?\\*"")[0-9]+")]
    private static partial Regex Number();

    [GeneratedRegex(@"(too old resource version: )[0-9]+ \([0-9]+\)")]
    private static partial Regex TwoNumbers();

    [GeneratedRegex(@" in scheme \\?""[^""]*""")]
    private static partial Regex Scheme();

    [GeneratedRegex("StorageError: invalid object, Code: 4, Key: [^,]*, ResourceVersion: [0-9]+, AdditionalErrorMsg: ")]
    private static partial Regex StorageError();

    [GeneratedRegex("hash=[0-9A-Za-z]+")]
    private static partial Regex Hash();

    [GeneratedRegex(@"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z")]
    private static partial Regex Stamp();

    [GeneratedRegex("^([0-9]+[smhd])+$")]
    private static partial Regex Age();
}
