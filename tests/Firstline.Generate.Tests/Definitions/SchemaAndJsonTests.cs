using System.Text.Json.Nodes;
using Firstline.Generate.Definitions;
using FluentAssertions;
using Xunit;

namespace Firstline.Generate.Tests.Definitions;

/// <summary>Holds the schemas against what the JSON of the records really looks like.</summary>
public sealed class SchemaAndJsonTests
{
    [Theory]
    [InlineData("Incident")]
    [InlineData("Runbook")]
    [InlineData("RemediationRequest")]
    [InlineData("RemediationPolicy")]
    public void The_schema_and_the_complete_object_name_the_same_fields(string kind)
    {
        JsonObject schema = SchemaWalk.Schema(CustomResources.All.Single(root => root.Name == kind));
        JsonObject golden = Golden.Read(kind.ToLowerInvariant());

        string[] fields = [.. Fields(schema, "")];
        string[] values = [.. Values(golden, "").Distinct()];
        fields.Except(values).Should().BeEmpty("each field needs a value in tests/Firstline.Api.Tests/golden/{0}.json", kind.ToLowerInvariant());
        values.Except(fields).Should().BeEmpty("the API server would drop what the schema does not know");
    }

    private static IEnumerable<string> Fields(JsonObject schema, string path) => schema["items"] is JsonObject item
        ? Fields(item, path)
        : (schema["properties"] as JsonObject ?? []).SelectMany(property =>
            Fields(property.Value!.AsObject(), $"{path}.{property.Key}").Prepend($"{path}.{property.Key}"));

    private static IEnumerable<string> Values(JsonNode? value, string path) => value switch
    {
        JsonArray list => list.SelectMany(item => Values(item, path)),
        JsonObject map when !IsFree(path) => map.SelectMany(entry => Values(entry.Value, $"{path}.{entry.Key}").Prepend($"{path}.{entry.Key}")),
        _ => [],
    };

    // The keys of maps and of metadata are not fields of ours.
    private static bool IsFree(string path) => path is ".metadata" or ".spec.match.labels" or ".spec.steps.with" or ".spec.protected.labels";
}
