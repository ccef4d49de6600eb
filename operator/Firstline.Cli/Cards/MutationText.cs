using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;

namespace Firstline.Cli.Cards;

/// <summary>Says what a mutation changes, field by field, with the value before where the mutation itself makes sure of it.</summary>
internal static class MutationText
{
    private const int MaxLines = 12;
    private const int MaxValue = 120;

    public static ImmutableArray<string> Lines(Mutation mutation)
    {
        ImmutableArray<string> lines = mutation.Verb switch
        {
            MutationVerb.Delete => [$"delete {mutation.Target}"],
            MutationVerb.Evict => [.. BoundPod.Of(mutation).Select(static p => $"evict Pod {p}")],
            MutationVerb.Create => [$"create {mutation.Target}", .. Leaves(JsonNode.Parse(mutation.Body ?? "{}")?["spec"], "spec")],
            MutationVerb.Call => [$"call {mutation.Target}", .. Leaves(JsonNode.Parse(mutation.Body ?? "{}"), "")],
            MutationVerb.Taint => TaintChange.Of(mutation) is { IsWanted: var wanted, Taint: var taint } ? [$"taint {taint}: {(wanted ? "added" : "removed")}"] : [],
            MutationVerb.JsonPatch => [.. Operations(JsonNode.Parse(mutation.Body ?? "[]") as JsonArray ?? [])],
            _ => [.. Leaves(JsonNode.Parse(mutation.Body ?? "{}"), "")],
        };
        return lines.Length <= MaxLines ? lines : [.. lines[..MaxLines], $"and {lines.Length - MaxLines} more fields: kubectl get remreq -o yaml"];
    }

    private static IEnumerable<string> Operations(JsonArray patch)
    {
        Dictionary<string, JsonNode?> tested = [];
        foreach (JsonNode? operation in patch)
        {
            (string verb, string path) = (operation!["op"]!.ToString(), operation["path"]!.ToString());
            switch (verb)
            {
                case "test":
                    tested[path] = operation["value"];
                    break;
                case "remove":
                    yield return $"{Field(path)}: removed";
                    break;
                default:
                    yield return $"{Field(path)}: {(tested.TryGetValue(path, out JsonNode? before) ? Value(before) + " -> " : "")}{Value(operation["value"])}";
                    break;
            }
        }
    }

    private static IEnumerable<string> Leaves(JsonNode? node, string path) => node is JsonObject { Count: > 0 } fields
        ? fields.SelectMany(field => Leaves(field.Value, path.Length == 0 ? field.Key : $"{path}.{field.Key}"))
        : [$"{path}: {(node is null ? "removed" : Value(node))}"];

    // RFC 6901: ~1 stands for a slash, ~0 for a tilde.
    private static string Field(string pointer) => string.Join('.', pointer.TrimStart('/').Split('/').Select(
        static part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)));

    private static string Value(JsonNode? node)
    {
        string text = node is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.String ? value.ToString() : node?.ToJsonString() ?? "null";
        return text.Length <= MaxValue ? text : text[..MaxValue] + "…";
    }
}
