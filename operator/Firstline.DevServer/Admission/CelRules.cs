using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>What the dev server does with <c>x-kubernetes-validations</c>: it keeps them, serves them, and enforces the one transition rule that needs no evaluator.</summary>
internal static class CelRules
{
    /// <summary>What the server adds when errors kept it from evaluating rules.</summary>
    public const string NotChecked =
        "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation";

    private const string SameAsBefore = "self == oldSelf";

    private static readonly HashSet<string> Blocking =
        ["FieldValueRequired", "FieldValueNotSupported", "FieldValueTooLong", "FieldValueTooMany", "FieldValueTypeInvalid"];

    /// <summary>Checks the transition rules of an update, or says that rules were not checked when the object is too broken for it.</summary>
    public static void Check(SchemaNode schema, JsonNode? before, JsonNode? after, FieldErrors errors)
    {
        if (errors.Any(e => Blocking.Contains(e.Reason ?? "")))
        {
            if (HasRules(schema))
            {
                errors.Invalid(FieldErrors.NoField, null, NotChecked);
            }

            return;
        }

        CheckTransition(schema, before, after, "", errors);
    }

    /// <summary>True when this schema or any below it has rules.</summary>
    public static bool HasRules(SchemaNode schema) =>
        !schema.CelRules.IsEmpty
        || schema.Properties.Values.Any(HasRules)
        || (schema.AdditionalProperties is { } values && HasRules(values))
        || (schema.Items is { } items && HasRules(items));

    // Rules on old values run only where old and new can be matched: fields, map keys, and lists with keys.
    private static void CheckTransition(SchemaNode schema, JsonNode? before, JsonNode? after, string path, FieldErrors errors)
    {
        if (before is null || after is null)
        {
            return;
        }

        if (!JsonNode.DeepEquals(before, after))
        {
            foreach (JsonObject rule in schema.CelRules.Where(r => r.Text("rule")?.Trim() == SameAsBefore))
            {
                Report(rule, after, path, errors);
            }
        }

        switch (before, after)
        {
            case (JsonObject old, JsonObject now):
                CheckFields(schema, old, now, path, errors);
                break;
            case (JsonArray old, JsonArray now) when schema is { ListType: "map", Items: not null }:
                CheckKeyedItems(schema, old, now, path, errors);
                break;
            default:
                break;
        }
    }

    private static void CheckFields(SchemaNode schema, JsonObject before, JsonObject after, string path, FieldErrors errors)
    {
        foreach ((string name, JsonNode? field) in after)
        {
            if ((schema.Properties.GetValueOrDefault(name) ?? schema.AdditionalProperties) is { } known)
            {
                CheckTransition(known, before[name], field, FieldPath.Child(path, name), errors);
            }
        }
    }

    private static void CheckKeyedItems(SchemaNode schema, JsonArray before, JsonArray after, string path, FieldErrors errors)
    {
        for (int i = 0; i < after.Count; i++)
        {
            JsonNode? item = after[i];
            JsonNode? old = before.FirstOrDefault(b => schema.ListMapKeys.All(k => JsonNode.DeepEquals(b.At(k), item.At(k))));
            CheckTransition(schema.Items!, old, item, FieldPath.Index(path, i), errors);
        }
    }

    private static void Report(JsonObject rule, JsonNode value, string path, FieldErrors errors)
    {
        string message = rule.Text("message") ?? $"failed rule: {SameAsBefore}";
        string field = path + (rule.Text("fieldPath") ?? "");
        if (rule.Text("reason") == "FieldValueForbidden")
        {
            errors.Forbidden(field, message);
        }
        else if (value is JsonValue)
        {
            errors.Invalid(field, value, message);
        }
        else
        {
            errors.InvalidWithoutValue(field, message);
        }
    }
}
