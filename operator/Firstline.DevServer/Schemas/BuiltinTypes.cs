using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Schemas;

/// <summary>The types of the built-in kinds, shared by name and resolved at first use.</summary>
/// <remarks>
/// The notation of <c>builtin-types.json</c>: a type is <c>{"fields": {name: field}, "required": [...], "map": "atomic"}</c> or one plain field.
/// A field is a type expression (<c>string</c>, <c>int32</c>, <c>#core.v1.Pod</c> for a type, <c>[]X</c> for a list, <c>{}X</c> for a map), or an
/// object with the expression under <c>t</c> beside <c>enum</c>, <c>default</c>, <c>list</c>, <c>keys</c>, <c>map</c>, <c>patch</c> and <c>mergeKey</c>.
/// </remarks>
internal sealed class BuiltinTypes
{
    private readonly Dictionary<string, SchemaNode> _resolved = new(StringComparer.Ordinal);
    private readonly HashSet<string> _resolving = new(StringComparer.Ordinal);
    private readonly JsonObject _descriptions = EmbeddedJson.Read("builtin-descriptions.json").AsObject();

    private BuiltinTypes()
    {
    }

    public static BuiltinTypes Shared { get; } = new();

    /// <summary>The data as it is written, by short type name.</summary>
    public JsonObject Raw { get; } = EmbeddedJson.Read("builtin-types.json").AsObject();

    /// <param name="name">A type's short name, or <c>type.field</c>.</param>
    public string? Description(string name) => _descriptions.Text(name);

    /// <exception cref="KeyNotFoundException">There is no such type.</exception>
    public SchemaNode Resolve(string name)
    {
        lock (_resolved)
        {
            return ResolveLocked(name);
        }
    }

    private SchemaNode ResolveLocked(string name)
    {
        if (_resolved.TryGetValue(name, out SchemaNode? known))
        {
            return known;
        }

        if (!_resolving.Add(name))
        {
            return SchemaNode.Anything; // a type within itself (JSON schemas in CustomResourceDefinitions) has no finite tree
        }

        JsonNode raw = Raw[name] ?? throw new KeyNotFoundException($"there is no built-in type {name}");
        SchemaNode node = raw.Fields("fields") is { } fields ? ObjectType(name, raw, fields) : Field(raw);
        _resolving.Remove(name);
        return _resolved[name] = node with { TypeName = name };
    }

    private SchemaNode ObjectType(string name, JsonNode raw, JsonObject fields) => new()
    {
        Type = "object",
        Description = Description(name),
        Required = [.. raw.Strings("required")],
        MapType = raw.Text("map"),
        Properties = fields.ToImmutableSortedDictionary(f => f.Key, f => Field(f.Value!), StringComparer.Ordinal),
    };

    private SchemaNode Field(JsonNode raw)
    {
        if (raw is not JsonObject full)
        {
            return Expression(raw.GetValue<string>());
        }

        SchemaNode node = Expression(full.Text("t")!);
        return node with
        {
            Enum = [.. full.List("enum").Select(e => e?.DeepClone())],
            Default = full["default"]?.DeepClone(),
            ListType = full.Text("list") ?? node.ListType,
            ListMapKeys = [.. full.Strings("keys")],
            MapType = full.Text("map") ?? node.MapType,
            PatchStrategy = full.Text("patch"),
            PatchMergeKey = full.Text("mergeKey"),
        };
    }

    private SchemaNode Expression(string text) => text switch
    {
        ['#', .. string name] => ResolveLocked(name),
        ['[', ']', .. string items] => new SchemaNode { Type = "array", Items = Expression(items) },
        ['{', '}', .. string values] => new SchemaNode { Type = "object", AdditionalProperties = Expression(values) },
        "any" => SchemaNode.Anything,
        "any-object" => new SchemaNode { Type = "object", PreserveUnknownFields = true },
        "int-or-string" => new SchemaNode { IntOrString = true, Format = text },
        _ => Scalar(text),
    };

    private static SchemaNode Scalar(string text) => text switch
    {
        "int32" or "int64" => new SchemaNode { Type = "integer", Format = text },
        "integer" or "string" => new SchemaNode { Type = text },
        "double" or "number" => new SchemaNode { Type = "number", Format = "double" },
        "bool" => new SchemaNode { Type = "boolean" },
        "time" or "micro-time" => new SchemaNode { Type = "string", Format = "date-time" },
        _ => new SchemaNode { Type = "string", Format = text },
    };
}
