using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Selectors;

/// <summary>Selects by the fields that a kind offers for it.</summary>
internal sealed class FieldSelector
{
    private readonly ImmutableArray<FieldRequirement> requirements;

    private FieldSelector(ImmutableArray<FieldRequirement> requirements) => this.requirements = requirements;

    public bool IsEverything => requirements.IsEmpty;

    /// <exception cref="ApiException">400: not a selector, or a field that cannot be selected by.</exception>
    public static FieldSelector Parse(string text, KindDefinition kind) =>
        new([.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(term => Requirement(term, kind))]);

    /// <summary>The one object of this name.</summary>
    public FieldSelector AndName(string name) => new(requirements.Add(new FieldRequirement(["metadata", "name"], name, true, "")));

    public bool Matches(JsonObject json) => requirements.All(requirement => requirement.Matches(json));

    private static FieldRequirement Requirement(string term, KindDefinition kind)
    {
        int at = term.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0)
        {
            throw ApiErrors.BadRequest($"invalid selector: '{term}'; can't understand '{term}'");
        }

        bool equal = term[at - 1] != '!';
        string field = term[..(equal ? at : at - 1)];
        string value = term[(at + 1)..].TrimStart('=');
        string[] offered = ["metadata.name", .. kind.Namespaced ? new[] { "metadata.namespace" } : [], .. kind.SelectableFields.Select(path => path.TrimStart('.'))];
        if (!offered.Contains(field, StringComparer.Ordinal))
        {
            throw ApiErrors.BadRequest(kind.IsCustom || kind.SelectableFields.Length > 0
                ? $"field label not supported: {field}"
                : $"\"{field}\" is not a known field selector: only {string.Join(", ", offered.Select(name => $"\"{name}\""))}");
        }

        ImmutableArray<string> path = [.. field.Split('.')];
        return new(path, value, equal, Otherwise(kind.Schema, path));
    }

    /// <summary>What a missing field counts as: the zero value of its type.</summary>
    private static string Otherwise(SchemaNode schema, ImmutableArray<string> path)
    {
        SchemaNode? node = path.Aggregate<string, SchemaNode?>(schema, (at, name) => at?.Properties.GetValueOrDefault(name));
        return node?.Type switch
        {
            "boolean" => "false",
            "integer" or "number" => "0",
            _ => "",
        };
    }

    private sealed record FieldRequirement(ImmutableArray<string> Path, string Value, bool Equal, string Otherwise)
    {
        public bool Matches(JsonObject json) => (Text(json) == Value) == Equal;

        private string Text(JsonObject json)
        {
            JsonNode? node = Path.Aggregate<string, JsonNode?>(json, (at, name) => (at as JsonObject)?[name]);
            return node switch
            {
                null => Otherwise,
                JsonValue value => ObjectMetadata.AsText(value) ?? value.ToJsonString(),
                _ => "",
            };
        }
    }
}
