using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Firstline.Testing.Models;

namespace Firstline.EndToEnd.Tests.Models;

/// <summary>A model that looks at all that it may before it answers: the target, its Events, its pods, and their logs.</summary>
internal static partial class Curious
{
    public static ModelScene Play(int number, ModelAsked asked) => asked.Json["messages"]!.AsArray().Count(static m => m!["role"]!.ToString() == "tool") switch
    {
        0 => new ModelScene.Calls(AboutTarget(TargetOf(asked))),
        4 => new ModelScene.Calls(AboutPod(PodName().Match(string.Concat(TextsIn(asked))).Value)),
        _ => new ModelScene.Says("""{"hypotheses":[],"rationale":"The rules have said all."}"""),
    };

    /// <summary>Name of the Deployment that a question is about.</summary>
    public static string TargetOf(ModelAsked asked) => JsonNode.Parse(asked.Json["messages"]![1]!["content"]!.ToString())!["incident"]!["target"]!.ToString().Split('/')[^1];

    /// <summary>All texts of a request, those in the JSON of its messages too.</summary>
    public static IEnumerable<string> TextsIn(ModelAsked asked) => asked.Json["messages"]!.AsArray().SelectMany(static m => Leaves(m));

    private static IEnumerable<string> Leaves(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(static p => Leaves(p.Value)),
        JsonArray a => a.SelectMany(Leaves),
        JsonValue v when v.GetValueKind() == JsonValueKind.String => v.ToString() is ['{' or '[', ..] text && Parsed(text) is { } inner ? Leaves(inner).Append(text) : [v.ToString()],
        _ => [],
    };

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ImmutableArray<ToolCall> AboutTarget(string name) =>
    [
        new("a", "get", $$"""{"kind":"Deployment","name":"{{name}}"}"""), new("b", "events", $$"""{"kind":"Deployment","name":"{{name}}"}"""),
        new("c", "list", """{"kind":"Pod"}"""), new("d", "list", """{"kind":"Revision"}"""),
    ];

    private static ImmutableArray<ToolCall> AboutPod(string pod) =>
    [
        new("e", "logs", $$"""{"pod":"{{pod}}","container":"app","previous":true}"""), new("f", "logs", $$"""{"pod":"{{pod}}","container":"app","previous":false}"""),
        new("g", "events", $$"""{"kind":"Pod","name":"{{pod}}"}"""), new("h", "get", $$"""{"kind":"Pod","name":"{{pod}}"}"""),
    ];

    [GeneratedRegex("app-[0-9]+-[a-z0-9]{5,10}-[a-z0-9]{5}")]
    private static partial Regex PodName();
}
