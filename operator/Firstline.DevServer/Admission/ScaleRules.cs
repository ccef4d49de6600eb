using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>Replica counts of custom resources with a scale subresource.</summary>
internal static class ScaleRules
{
    public static void Check(KindDefinition kind, JsonObject value, FieldErrors errors)
    {
        if (kind.Scale is { } scale)
        {
            Check(value, scale.SpecReplicas, errors);
            Check(value, scale.StatusReplicas, errors);
        }
    }

    private static void Check(JsonObject value, string path, FieldErrors errors)
    {
        string[] parts = path.TrimStart('.').Split('.');
        JsonNode? replicas = value.At(parts);
        if (value[parts[0]] is JsonValue scalar && parts.Length > 1)
        {
            errors.Invalid(path, 0, $"{path} accessor error: {scalar.Scalar()} is of the type {GoType(scalar)}, expected map[string]interface{{}}");
        }

        if (replicas is null)
        {
            return;
        }

        switch (replicas.Integer())
        {
            case null:
                errors.Invalid(path, 0, $"{path} accessor error: {replicas.Scalar()} is of the type {GoType(replicas)}, expected int64");
                break;
            case < 0:
                errors.Invalid(path, replicas, "should be a non-negative integer");
                break;
            case > int.MaxValue:
                errors.Invalid(path, replicas, $"should be less than or equal to {int.MaxValue}");
                break;
            default:
                break;
        }
    }

    private static string GoType(JsonNode value) => JsonTypes.Of(value) switch
    {
        "number" => "float64",
        "boolean" => "bool",
        { } same => same,
    };
}
