using System.Text.Json.Nodes;

namespace Firstline.Controllers.Remediation;

/// <summary>Brings the spec of a ValidatingAdmissionPolicy to one form: the API server's defaults filled in, wording for people left out.</summary>
internal static class AdmissionSpec
{
    /// <summary>The spec in that form; the argument stays as it is.</summary>
    public static JsonObject Normal(JsonNode spec)
    {
        JsonObject normal = spec.DeepClone().AsObject();
        normal["failurePolicy"] ??= "Fail";
        if (normal["matchConstraints"] is JsonObject constraints)
        {
            Complete(constraints);
        }

        normal["validations"] = Only(normal["validations"], "expression");
        normal["variables"] = Only(normal["variables"], "name", "expression");
        return normal;
    }

    /// <summary>True for resource rules that leave nothing out: absent, or with nothing but defaults.</summary>
    public static bool IsUnrestricted(JsonNode? match)
    {
        if (match is not JsonObject given)
        {
            return match is null;
        }

        JsonObject complete = given.DeepClone().AsObject();
        JsonObject nothing = [];
        Complete(complete);
        Complete(nothing);
        return JsonNode.DeepEquals(complete, nothing);
    }

    private static void Complete(JsonObject match)
    {
        match["matchPolicy"] ??= "Equivalent";
        match["namespaceSelector"] ??= new JsonObject();
        match["objectSelector"] ??= new JsonObject();
        foreach (JsonObject rule in (match["resourceRules"] as JsonArray ?? []).OfType<JsonObject>())
        {
            rule["scope"] ??= "*";
        }
    }

    private static JsonArray Only(JsonNode? list, params string[] fields) =>
        [.. (list as JsonArray ?? []).OfType<JsonObject>().Select(item => new JsonObject(fields.Select(f => KeyValuePair.Create(f, item[f]?.DeepClone()))))];
}
