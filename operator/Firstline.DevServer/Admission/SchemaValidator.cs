using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>Checks a value against a schema, with the messages and in the order of the API server's own validator for custom resources.</summary>
/// <param name="errors">Takes what is wrong.</param>
/// <param name="bodyOffset">Characters of a path that messages leave out: writes to <c>status</c> are checked apart, so that their messages
/// say <c>replicas in body</c> for the field <c>status.replicas</c>.</param>
internal sealed class SchemaValidator(FieldErrors errors, int bodyOffset = 0)
{
    public void Validate(SchemaNode schema, JsonNode? value, string path)
    {
        if (value is null && schema.Nullable)
        {
            return;
        }

        CheckType(schema, value, path);
        CheckCombinations(schema, value, path);
        switch (value)
        {
            case JsonObject fields:
                CheckEnum(schema, value, path);
                CheckObject(schema, fields, path);
                break;
            case JsonArray items:
                CheckArray(schema, items, path);
                CheckEnum(schema, value, path);
                break;
            default:
                ScalarRules.Check(schema, value, path, Body(path), errors);
                CheckEnum(schema, value, path);
                break;
        }
    }

    private string Body(string path) => path.Length >= bodyOffset ? path[bodyOffset..] : "";

    private void CheckType(SchemaNode schema, JsonNode? value, string path)
    {
        string? wanted = schema.IntOrString ? "integer,string" : schema.Type;
        string found = JsonTypes.Of(value);
        if (wanted is null || Array.Exists(wanted.Split(','), w => JsonTypes.Fits(found, w)))
        {
            return;
        }

        if (found == "number" && wanted == "integer")
        {
            string named = schema.Format ?? wanted;
            errors.WrongType(path, "float64", $"{Body(path)} in body must be of type {named}: \"float64\"");
            return;
        }

        errors.WrongType(path, found, $"{Body(path)} in body must be of type {wanted}: \"{found}\"");
    }

    private void CheckEnum(SchemaNode schema, JsonNode? value, string path)
    {
        if (!schema.Enum.IsEmpty && !schema.Enum.Any(e => JsonNode.DeepEquals(e, value)))
        {
            errors.NotSupported(path, value, schema.Enum);
        }
    }

    private void CheckObject(SchemaNode schema, JsonObject fields, string path)
    {
        if (schema.MinProperties is { } min && fields.Count < min)
        {
            errors.Invalid(path, JsonValue.Create(fields.Count), $"{Body(path)} in body should have at least {min} properties");
        }

        if (schema.MaxProperties is { } max && fields.Count > max)
        {
            errors.TooMany(path, fields.Count, max);
        }

        foreach (string name in schema.Required)
        {
            if (!fields.ContainsKey(name))
            {
                errors.Required(FieldPath.Child(path, name));
            }
        }

        foreach ((string name, JsonNode? field) in fields)
        {
            if ((schema.Properties.GetValueOrDefault(name) ?? schema.AdditionalProperties) is { } known)
            {
                Validate(known, field, FieldPath.Child(path, name));
            }
        }
    }

    private void CheckArray(SchemaNode schema, JsonArray items, string path)
    {
        if (schema.MinItems is { } min && items.Count < min)
        {
            errors.Invalid(path, JsonValue.Create(items.Count), $"{Body(path)} in body should have at least {min} items");
        }

        if (schema.MaxItems is { } max && items.Count > max)
        {
            errors.TooMany(path, items.Count, max);
        }

        for (int i = 0; schema.Items is not null && i < items.Count; i++)
        {
            Validate(schema.Items, items[i], FieldPath.Index(path, i));
        }
    }

    private void CheckCombinations(SchemaNode schema, JsonNode? value, string path)
    {
        if (!schema.AnyOf.IsEmpty)
        {
            FieldErrors[] failures = [.. schema.AnyOf.Select(s => Try(s, value, path))];
            RequireOne(failures, path, "must validate at least one schema (anyOf)");
        }

        if (!schema.OneOf.IsEmpty)
        {
            FieldErrors[] failures = [.. schema.OneOf.Select(s => Try(s, value, path))];
            int valid = failures.Count(f => f.Count == 0);
            RequireOne(failures, path, "must validate one and only one schema (oneOf). Found none valid");
            if (valid > 1)
            {
                Whole(path, $"must validate one and only one schema (oneOf). Found {valid} valid alternatives");
            }
        }

        CheckAllOf(schema, value, path);
        if (schema.Not is { } not && Try(not, value, path).Count == 0)
        {
            Whole(path, "must not validate the schema (not)");
        }
    }

    private void CheckAllOf(SchemaNode schema, JsonNode? value, string path)
    {
        FieldErrors[] failures = [.. schema.AllOf.Select(s => Try(s, value, path)).Where(f => f.Count > 0)];
        foreach (FieldErrors failure in failures)
        {
            errors.AddRange(failure);
        }

        if (failures.Length > 0)
        {
            Whole(path, failures.Length == schema.AllOf.Length ? "must validate all the schemas (allOf). None validated" : "must validate all the schemas (allOf)");
        }
    }

    // The server shows the errors of the alternative that came nearest; the first stands for it here.
    private void RequireOne(FieldErrors[] failures, string path, string message)
    {
        if (failures.All(f => f.Count > 0))
        {
            Whole(path, message);
            errors.AddRange(failures[0]);
        }
    }

    private FieldErrors Try(SchemaNode schema, JsonNode? value, string path)
    {
        FieldErrors found = new();
        new SchemaValidator(found, bodyOffset).Validate(schema, value, path);
        return found;
    }

    private void Whole(string path, string message) => errors.Invalid(FieldErrors.NoField, JsonValue.Create(""), $"\"{Body(path)}\" {message}");
}
