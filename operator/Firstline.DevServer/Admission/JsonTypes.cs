using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>Names of JSON types as OpenAPI and the API server's messages say them.</summary>
internal static class JsonTypes
{
    public static string Of(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => value.Integer() is null ? "number" : "integer",
    };

    /// <summary>True when a value of the type <paramref name="found"/> may stand where <paramref name="wanted"/> is asked for.</summary>
    public static bool Fits(string found, string wanted) => found == wanted || (found == "integer" && wanted == "number");
}
