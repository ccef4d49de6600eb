using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Generate.Definitions;
using Firstline.Generate.Schemas;

namespace Firstline.Generate.Tests.Definitions;

/// <summary>The generated schemas, flat: one entry per field, item and map value.</summary>
internal static class SchemaWalk
{
    public static SchemaBuilder Builder { get; } = new(ApiDocumentation.Of(typeof(IResource).Assembly), actionNames: ["RestartWorkload"]);

    public static JsonObject Definition(Type root) => CustomResourceDefinition.Of(root, Builder);

    public static JsonObject Version(Type root) => Definition(root)["spec"]!["versions"]![0]!.AsObject();

    public static JsonObject Schema(Type root) => Version(root)["schema"]!["openAPIV3Schema"]!.AsObject();

    /// <summary>All nodes with their path, such as <c>Runbook.spec.steps[].name</c>.</summary>
    public static IEnumerable<(string Path, JsonObject Schema)> All() => CustomResources.All.SelectMany(root => Walk(root.Name, Schema(root)));

    private static IEnumerable<(string Path, JsonObject Schema)> Walk(string path, JsonObject schema)
    {
        yield return (path, schema);
        IEnumerable<(string, JsonNode?)> inner =
        [
            .. (schema["properties"] as JsonObject ?? []).Select(property => ($"{path}.{property.Key}", property.Value)),
            ($"{path}[]", schema["items"]),
            ($"{path}{{}}", schema["additionalProperties"]),
        ];
        foreach ((string at, JsonNode? node) in inner.Where(entry => entry.Item2 is not null))
        {
            foreach ((string Path, JsonObject Schema) nested in Walk(at, node!.AsObject()))
            {
                yield return nested;
            }
        }
    }
}
