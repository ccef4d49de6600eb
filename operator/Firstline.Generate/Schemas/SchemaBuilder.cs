using System.Collections.Immutable;
using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.Schema;
using Firstline.Generate.Output;

namespace Firstline.Generate.Schemas;

/// <summary>Builds structural OpenAPI schemas from wire records and their attributes.</summary>
/// <param name="documentation">Where descriptions come from.</param>
/// <param name="actionNames">Values of strings marked with <see cref="ActionNameAttribute"/>; empty leaves them free.</param>
internal sealed class SchemaBuilder(ApiDocumentation documentation, ImmutableArray<string> actionNames)
{
    private static readonly ImmutableArray<string> TypeMeta = [nameof(IResource.ApiVersion), nameof(IResource.Kind)];

    /// <summary>Schema of a record, with its own description and rules.</summary>
    /// <exception cref="GenerateException">A property lacks a bound or a description, or has a type that schemas can't say.</exception>
    public JsonObject Of(Type type) => Of(type, []);

    private JsonObject Of(Type type, ImmutableArray<Type> within)
    {
        if (within.Contains(type))
        {
            throw new GenerateException($"{type.Name} contains itself: structural schemas can't be recursive");
        }

        JsonObject properties = [];
        JsonArray required = [];
        foreach (Field field in Field.Of(type))
        {
            properties[field.JsonName] = Of(field, within.Add(type));
            if (field.IsRequired)
            {
                required.Add((JsonNode)field.JsonName);
            }
        }

        JsonObject schema = new() { ["type"] = "object", ["description"] = documentation.Describe(type), ["properties"] = properties };
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        AddRules(schema, type.GetCustomAttributes<CelAttribute>());
        return schema;
    }

    private JsonObject Of(Field field, ImmutableArray<Type> within)
    {
        // The API server itself describes and checks what every object carries, and allows no word about it here.
        if (field.Type == typeof(ObjectMeta))
        {
            return new() { ["type"] = "object" };
        }

        JsonObject schema = Value(field, within);
        schema["description"] = documentation.Describe(field);
        if (Default(field, schema) is { } value)
        {
            schema["default"] = value;
        }

        AddRules(schema, field.Rules);
        return schema;
    }

    private JsonObject Value(Field field, ImmutableArray<Type> within) => field switch
    {
        _ when within is [var root] && root.IsAssignableTo(typeof(IResource)) && TypeMeta.Contains(field.Property.Name) => new() { ["type"] = "string" },
        _ when field.Attribute<ActionNameAttribute>() is not null && actionNames.Length > 0 => ScalarSchemas.Choice(actionNames),
        { IsList: true } => List(field, within),
        { IsMap: true } => Map(field),
        _ => ScalarSchemas.TryOf(field) ?? Record(field, within),
    };

    private JsonObject Record(Field field, ImmutableArray<Type> within) => field.Type.Assembly == typeof(IResource).Assembly
        ? Of(field.Type, within)
        : throw new GenerateException($"{field.Name} is a {field.Type.Name}, which has no schema: use a record of Firstline.Api or a type that ScalarSchemas lists");

    private JsonObject List(Field field, ImmutableArray<Type> within)
    {
        Type item = field.Type.GetGenericArguments()[0];
        JsonObject schema = new()
        {
            ["type"] = "array",
            ["maxItems"] = field.MaxLength,
            ["items"] = item == typeof(string) ? Item(field.Items) : item.IsEnum ? ScalarSchemas.Choice(Enum.GetNames(item)) : Of(item, within),
            ["x-kubernetes-list-type"] = "atomic",
        };
        if (field.MinLength is { } least)
        {
            schema["minItems"] = least;
        }

        if (field.Attribute<ListSetAttribute>() is not null)
        {
            schema["x-kubernetes-list-type"] = "set";
        }

        if (field.Attribute<ListMapAttribute>() is { } map)
        {
            schema["x-kubernetes-list-type"] = "map";
            schema["x-kubernetes-list-map-keys"] = new JsonArray([.. map.Keys.Select(key => JsonValue.Create(key))]);
        }

        return schema;
    }

    private static JsonObject Map(Field field) => new()
    {
        ["type"] = "object",
        ["maxProperties"] = field.MaxLength,
        ["additionalProperties"] = Item(field.Items),
    };

    private static JsonObject Item(ItemBoundsAttribute bounds)
    {
        JsonObject schema = new() { ["type"] = "string", ["maxLength"] = bounds.MaxLength };
        if (bounds.MinLength > 0)
        {
            schema["minLength"] = bounds.MinLength;
        }

        return schema;
    }

    /// <summary>
    /// The stated default; for a part that is never null and has defaults within, the empty object, so that they show even when the part is left out.
    /// </summary>
    private static JsonNode? Default(Field field, JsonObject schema) => field.Attribute<DefaultValueAttribute>()?.Value switch
    {
        bool value => value,
        int value => value,
        Enum or string => field.Attribute<DefaultValueAttribute>()!.Value!.ToString(),
        null when !field.IsRequired && !field.IsNullable && HasDefaults(schema) => new JsonObject(),
        null => null,
        var other => throw new GenerateException($"the default of {field.Name} is a {other.GetType().Name}: use a bool, an int, a string or an enum member"),
    };

    private static bool HasDefaults(JsonObject schema) =>
        schema["properties"] is JsonObject properties && properties.Any(property => property.Value?["default"] is not null);

    /// <summary>Adds to the rules that the schema of the field's type may have already.</summary>
    private static void AddRules(JsonObject schema, IEnumerable<CelAttribute> rules)
    {
        foreach (CelAttribute rule in rules)
        {
            if (schema["x-kubernetes-validations"] is not JsonArray validations)
            {
                schema["x-kubernetes-validations"] = validations = [];
            }

            validations.Add((JsonNode)new JsonObject { ["rule"] = rule.Rule, ["message"] = rule.Message });
        }
    }
}
