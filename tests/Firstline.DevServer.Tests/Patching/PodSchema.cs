using System.Collections.Immutable;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Tests.Patching;

/// <summary>A schema with each way to merge, in the shape of a small pod.</summary>
internal static class PodSchema
{
    private static readonly SchemaNode Text = new() { Type = "string" };

    private static readonly SchemaNode Port = Map(("containerPort", new() { Type = "integer" }), ("protocol", Text with { Default = "TCP" }), ("name", Text));

    private static readonly SchemaNode Container = Map(
        ("name", Text), ("image", Text), ("args", new() { Type = "array", Items = Text, ListType = "atomic" }),
        ("ports", List(Port, "containerPort", "containerPort", "protocol")));

    public static readonly SchemaNode Node = Map(
        ("metadata", Map(
            ("name", Text),
            ("labels", new() { Type = "object", AdditionalProperties = Text }),
            ("finalizers", new() { Type = "array", Items = Text, ListType = "set", PatchStrategy = "merge" }))),
        ("spec", Map(
            ("replicas", new() { Type = "integer" }),
            ("containers", List(Container, "name", "name")),
            ("strategy", Map(("type", Text), ("rollingUpdate", Map(("maxSurge", new() { IntOrString = true }))))),
            ("selector", Map(("matchLabels", new() { Type = "object", AdditionalProperties = Text })) with { MapType = "atomic" }))));

    private static SchemaNode Map(params (string Name, SchemaNode Schema)[] fields) => new()
    {
        Type = "object",
        Properties = fields.ToImmutableSortedDictionary(field => field.Name, field => field.Schema, StringComparer.Ordinal),
    };

    private static SchemaNode List(SchemaNode items, string mergeKey, params string[] keys) => new()
    {
        Type = "array", Items = items, ListType = "map", ListMapKeys = [.. keys], PatchStrategy = "merge", PatchMergeKey = mergeKey,
    };
}
