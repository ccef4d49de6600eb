using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Patching;

/// <summary>A kind's schema with the metadata that all objects share, as patches and ownership need it.</summary>
internal static class ObjectSchema
{
    private static readonly SchemaNode Text = new() { Type = "string" };
    private static readonly SchemaNode Texts = new() { Type = "object", AdditionalProperties = Text };

    private static readonly SchemaNode OwnerReference = new()
    {
        Type = "object",
        Properties = Fields(
            ("apiVersion", Text), ("kind", Text), ("name", Text), ("uid", Text),
            ("controller", new() { Type = "boolean" }), ("blockOwnerDeletion", new() { Type = "boolean" })),
    };

    private static readonly SchemaNode Metadata = new()
    {
        Type = "object",
        Properties = Fields(
            ("name", Text), ("generateName", Text), ("namespace", Text), ("uid", Text), ("resourceVersion", Text), ("selfLink", Text),
            ("creationTimestamp", Text with { Nullable = true }), ("deletionTimestamp", Text),
            ("deletionGracePeriodSeconds", new() { Type = "integer" }), ("generation", new() { Type = "integer" }),
            ("labels", Texts), ("annotations", Texts),
            ("finalizers", new() { Type = "array", Items = Text, ListType = "set", PatchStrategy = "merge" }),
            ("ownerReferences", new()
            {
                Type = "array", Items = OwnerReference, ListType = "map", ListMapKeys = ["uid"], PatchStrategy = "merge", PatchMergeKey = "uid",
            }),
            ("managedFields", new() { Type = "array", Items = SchemaNode.Anything, ListType = "atomic" })),
    };

    private static readonly ConditionalWeakTable<SchemaNode, SchemaNode> Known = [];

    public static SchemaNode Of(KindDefinition kind) => Known.GetValue(kind.Schema, schema => schema with
    {
        Type = "object",
        Properties = schema.Properties.SetItem("metadata", Metadata).SetItem("apiVersion", Text).SetItem("kind", Text),
    });

    private static ImmutableSortedDictionary<string, SchemaNode> Fields(params (string Name, SchemaNode Schema)[] fields) =>
        fields.ToImmutableSortedDictionary(field => field.Name, field => field.Schema, StringComparer.Ordinal);
}
