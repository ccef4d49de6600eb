using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>What makes a schema structural, so that it can prune, default and merge.</summary>
/// <remarks><see href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema"/></remarks>
internal static class StructuralRules
{
    private static readonly string[] Types = ["array", "boolean", "integer", "number", "object", "string"];
    private static readonly string[] Combinators = ["allOf", "anyOf", "oneOf"];
    private static readonly string[] NotInCombinators = ["type", "description", "nullable", "additionalProperties", "default"];

    public static void CheckRoot(JsonObject schema, string path, FieldErrors errors)
    {
        switch (schema.Text("type"))
        {
            case null or "":
                errors.Required($"{path}.type", "must not be empty at the root");
                return;
            case not "object":
                errors.Invalid($"{path}.type", schema["type"], "must be object at the root");
                return;
            default:
                break;
        }

        foreach ((string name, JsonNode? _) in schema.Fields("properties", "metadata") ?? [])
        {
            if (name is not ("type" or "properties" or "description") || (name == "properties" && HasForeignMetadata(schema)))
            {
                errors.Forbidden($"{path}.properties[metadata]", "must not specify anything other than name and generateName, but metadata is implicitly specified");
                break;
            }
        }

        Check(schema, path, errors);
    }

    private static bool HasForeignMetadata(JsonObject schema) =>
        (schema.Fields("properties", "metadata", "properties") ?? []).Any(p => p.Key is not ("name" or "generateName"));

    private static void Check(JsonObject schema, string path, FieldErrors errors)
    {
        CheckType(schema, path, errors);
        CheckWords(schema, path, errors);
        CheckLists(schema, path, errors);
        CheckDefault(schema, path, errors);
        CheckRules(schema, path, errors);
        foreach (string combinator in Combinators)
        {
            int index = 0;
            foreach (JsonObject part in schema.Objects(combinator))
            {
                CheckWithin(schema, part, FieldPath.Index($"{path}.{combinator}", index++), errors);
            }
        }

        CheckBelow(schema, path, errors);
    }

    private static void CheckBelow(JsonObject schema, string path, FieldErrors errors)
    {
        foreach ((string name, JsonNode? property) in schema.Fields("properties") ?? [])
        {
            if (property is JsonObject field)
            {
                CheckField(field, FieldPath.Key($"{path}.properties", name), "object fields", errors);
            }
        }

        if (schema.Fields("items") is { } items)
        {
            CheckField(items, $"{path}.items", "array items", errors);
        }

        if (schema.Fields("additionalProperties") is { } values)
        {
            CheckField(values, $"{path}.additionalProperties", "object fields", errors);
        }
    }

    private static void CheckField(JsonObject schema, string path, string what, FieldErrors errors)
    {
        bool anyType = schema.Flag("x-kubernetes-int-or-string") || schema.Flag("x-kubernetes-preserve-unknown-fields");
        if (string.IsNullOrEmpty(schema.Text("type")) && !anyType)
        {
            errors.Required($"{path}.type", $"must not be empty for specified {what}");
        }

        Check(schema, path, errors);
    }

    private static void CheckType(JsonObject schema, string path, FieldErrors errors)
    {
        string? type = schema.Text("type");
        if (!string.IsNullOrEmpty(type) && !Types.Contains(type))
        {
            errors.NotSupported($"{path}.type", schema["type"], Types);
        }

        if (type == "array" && schema.Fields("items") is null)
        {
            errors.Required($"{path}.items", "must be specified");
        }

        if (schema["additionalProperties"] is not null && schema.Fields("properties") is { Count: > 0 })
        {
            errors.Forbidden($"{path}.additionalProperties", "additionalProperties and properties are mutual exclusive");
        }
    }

    private static void CheckWords(JsonObject schema, string path, FieldErrors errors)
    {
        if (schema.Text("pattern") is { } pattern && !CrdValidation.IsPattern(pattern))
        {
            errors.Invalid($"{path}.pattern", schema["pattern"], "must be a valid regular expression, but isn't");
        }

        if (schema.Flag("uniqueItems"))
        {
            errors.Forbidden($"{path}.uniqueItems", "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
        }

        if (schema["$ref"] is not null)
        {
            errors.Forbidden($"{path}.$ref", "$ref is not supported");
        }
    }

    private static void CheckLists(JsonObject schema, string path, FieldErrors errors)
    {
        string[] keys = [.. schema.Strings("x-kubernetes-list-map-keys")];
        if (schema.Text("x-kubernetes-list-type") == "map" && keys.Length == 0)
        {
            errors.Required($"{path}.x-kubernetes-list-map-keys", "must not be empty if x-kubernetes-list-type is map");
        }

        foreach (string key in keys)
        {
            JsonObject? property = schema.Fields("items", "properties", key);
            if (property is null)
            {
                errors.Invalid($"{path}.x-kubernetes-list-map-keys", schema["x-kubernetes-list-map-keys"], "entries must all be names of item properties");
            }
            else if (!schema.Strings("items", "required").Contains(key) && property["default"] is null)
            {
                errors.Required($"{path}.items.properties[{key}].default", "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property");
            }
        }
    }

    private static void CheckDefault(JsonObject schema, string path, FieldErrors errors)
    {
        if (schema["default"] is not { } value)
        {
            return;
        }

        FieldErrors found = new();
        string at = $"{path}.default";
        new SchemaValidator(found, at.Length).Validate(StructuralSchemaReader.Read(schema), value, at);
        errors.AddRange(found);
    }

    private static void CheckRules(JsonObject schema, string path, FieldErrors errors)
    {
        int index = 0;
        foreach (JsonObject rule in schema.Objects("x-kubernetes-validations"))
        {
            string at = FieldPath.Index($"{path}.x-kubernetes-validations", index++);
            if (string.IsNullOrWhiteSpace(rule.Text("rule")))
            {
                errors.Required($"{at}.rule", "rule is not specified");
            }
        }
    }

    // Within a combination only values are bounded; the structure stands outside of it.
    private static void CheckWithin(JsonObject owner, JsonObject part, string path, FieldErrors errors)
    {
        foreach (string word in NotInCombinators)
        {
            if (part[word] is not null && (word != "type" || !owner.Flag("x-kubernetes-int-or-string")))
            {
                errors.Forbidden($"{path}.{word}", $"must be {(word is "default" or "additionalProperties" ? "undefined" : "empty")} to be structural");
            }
        }

        foreach ((string name, JsonNode? property) in part.Fields("properties") ?? [])
        {
            if (property is JsonObject field)
            {
                CheckWithin(owner, field, FieldPath.Key($"{path}.properties", name), errors);
            }
        }
    }
}
