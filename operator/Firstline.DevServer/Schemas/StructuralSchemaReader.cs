using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Schemas;

/// <summary>Reads a CustomResourceDefinition's <c>openAPIV3Schema</c>.</summary>
internal static class StructuralSchemaReader
{
    /// <summary>The schema of whole objects: what the definition says, with the metadata that every object has.</summary>
    public static SchemaNode ReadRoot(JsonObject? schema)
    {
        SchemaNode root = schema is null ? SchemaNode.Anything with { Type = "object" } : Read(schema);
        return root with { Properties = WithTypeMeta(root.Properties) };
    }

    public static SchemaNode Read(JsonObject schema)
    {
        SchemaNode node = Extensions(schema, Shape(schema));
        node = Bounds(schema, node);
        return node.EmbeddedResource ? node with { Properties = WithTypeMeta(node.Properties) } : node;
    }

    private static ImmutableSortedDictionary<string, SchemaNode> WithTypeMeta(ImmutableSortedDictionary<string, SchemaNode> properties) => properties
        .SetItem("apiVersion", new SchemaNode { Type = "string" })
        .SetItem("kind", new SchemaNode { Type = "string" })
        .SetItem("metadata", BuiltinTypes.Shared.Resolve("meta.v1.ObjectMeta"));

    private static SchemaNode Shape(JsonObject schema) => new()
    {
        Type = schema.Text("type"),
        Format = schema.Text("format"),
        Description = schema.Text("description"),
        Nullable = schema.Flag("nullable"),
        Properties = (schema.Fields("properties") ?? []).Where(p => p.Value is JsonObject)
            .ToImmutableSortedDictionary(p => p.Key, p => Read(p.Value!.AsObject()), StringComparer.Ordinal),
        AdditionalProperties = schema["additionalProperties"] switch
        {
            JsonObject values => Read(values),
            JsonValue allowed when allowed.Flag() => SchemaNode.Anything,
            _ => null,
        },
        Items = schema.Fields("items") is { } items ? Read(items) : null,
        Required = [.. schema.Strings("required")],
        Default = schema["default"]?.DeepClone(),
        Enum = [.. schema.List("enum").Select(e => e?.DeepClone())],
        AllOf = [.. schema.Objects("allOf").Select(Read)],
        AnyOf = [.. schema.Objects("anyOf").Select(Read)],
        OneOf = [.. schema.Objects("oneOf").Select(Read)],
        Not = schema.Fields("not") is { } not ? Read(not) : null,
    };

    private static SchemaNode Bounds(JsonObject schema, SchemaNode node) => node with
    {
        Minimum = schema.Number("minimum"),
        Maximum = schema.Number("maximum"),
        ExclusiveMinimum = schema.Flag("exclusiveMinimum"),
        ExclusiveMaximum = schema.Flag("exclusiveMaximum"),
        MultipleOf = schema.Number("multipleOf"),
        MinLength = (int?)schema.Integer("minLength"),
        MaxLength = (int?)schema.Integer("maxLength"),
        Pattern = schema.Text("pattern"),
        MinItems = (int?)schema.Integer("minItems"),
        MaxItems = (int?)schema.Integer("maxItems"),
        UniqueItems = schema.Flag("uniqueItems"),
        MinProperties = (int?)schema.Integer("minProperties"),
        MaxProperties = (int?)schema.Integer("maxProperties"),
    };

    private static SchemaNode Extensions(JsonObject schema, SchemaNode node) => node with
    {
        PreserveUnknownFields = schema.Flag("x-kubernetes-preserve-unknown-fields"),
        IntOrString = schema.Flag("x-kubernetes-int-or-string"),
        EmbeddedResource = schema.Flag("x-kubernetes-embedded-resource"),
        ListType = schema.Text("x-kubernetes-list-type"),
        ListMapKeys = [.. schema.Strings("x-kubernetes-list-map-keys")],
        MapType = schema.Text("x-kubernetes-map-type"),
        CelRules = [.. schema.Objects("x-kubernetes-validations").Select(r => r.DeepClone().AsObject())],
    };
}
