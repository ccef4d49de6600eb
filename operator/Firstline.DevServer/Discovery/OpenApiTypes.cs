using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Discovery;

/// <summary>Writes built-in types as OpenAPI v3 components, with all types that they name.</summary>
/// <param name="components">Takes the components, by full name.</param>
internal sealed class OpenApiTypes(JsonObject components)
{
    private const string Prefix = "#/components/schemas/";

    private static readonly (string Short, string Long)[] Packages =
    [
        ("meta.", "io.k8s.apimachinery.pkg.apis.meta."),
        ("apiextensions.", "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions."),
        ("", "io.k8s.api."),
    ];

    // Scalars that Kubernetes' documents name; kubectl explain shows these names.
    private static readonly Dictionary<string, (string Name, Func<JsonObject> Schema)> Named = new()
    {
        ["quantity"] = ("io.k8s.apimachinery.pkg.api.resource.Quantity",
            () => new() { ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "string" }, new JsonObject { ["type"] = "number" }) }),
        ["int-or-string"] = ("io.k8s.apimachinery.pkg.util.intstr.IntOrString", () => new()
        {
            ["format"] = "int-or-string",
            ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "integer" }, new JsonObject { ["type"] = "string" }),
        }),
        ["time"] = ("io.k8s.apimachinery.pkg.apis.meta.v1.Time", () => new() { ["type"] = "string", ["format"] = "date-time" }),
        ["micro-time"] = ("io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime", () => new() { ["type"] = "string", ["format"] = "date-time" }),
    };

    public static string FullName(string shortName)
    {
        (string from, string to) = Array.Find(Packages, p => shortName.StartsWith(p.Short, StringComparison.Ordinal));
        return to + shortName[from.Length..];
    }

    /// <summary>Adds a type and what it names.</summary>
    /// <returns>A reference to it.</returns>
    public JsonObject Add(string shortName)
    {
        string name = FullName(shortName);
        if (!components.ContainsKey(name))
        {
            components[name] = new JsonObject(); // a type may name itself
            components[name] = Type(shortName);
        }

        return Reference(name);
    }

    private static JsonObject Reference(string name) => new() { ["$ref"] = Prefix + name };

    private JsonObject Type(string shortName)
    {
        JsonNode raw = BuiltinTypes.Shared.Raw[shortName] ?? throw new KeyNotFoundException($"there is no built-in type {shortName}");
        JsonObject schema = new();
        if (BuiltinTypes.Shared.Description(shortName) is { } description)
        {
            schema["description"] = description;
        }

        if (raw.Fields("fields") is not { } fields)
        {
            schema["type"] = "object";
            return schema;
        }

        schema["type"] = "object";
        if (raw.List("required").Count > 0)
        {
            schema["required"] = raw["required"]!.DeepClone();
        }

        JsonObject properties = [];
        foreach ((string name, JsonNode? field) in fields)
        {
            properties[name] = Field(field!, BuiltinTypes.Shared.Description($"{shortName}.{name}"));
        }

        schema["properties"] = properties;
        CopyAs(raw, "map", schema, "x-kubernetes-map-type");
        return schema;
    }

    private JsonObject Field(JsonNode raw, string? description)
    {
        JsonObject schema = Expression(raw.Text("t") ?? raw.GetValue<string>());
        if (schema.ContainsKey("$ref") && (description is not null || raw is JsonObject))
        {
            schema = new JsonObject { ["allOf"] = new JsonArray(schema) };
        }

        if (description is not null)
        {
            schema["description"] = description;
        }

        CopyAs(raw, "default", schema, "default");
        CopyAs(raw, "enum", schema, "enum");
        CopyAs(raw, "list", schema, "x-kubernetes-list-type");
        CopyAs(raw, "keys", schema, "x-kubernetes-list-map-keys");
        CopyAs(raw, "map", schema, "x-kubernetes-map-type");
        CopyAs(raw, "patch", schema, "x-kubernetes-patch-strategy");
        CopyAs(raw, "mergeKey", schema, "x-kubernetes-patch-merge-key");
        return schema;
    }

    private static void CopyAs(JsonNode from, string name, JsonObject to, string longName)
    {
        if (from.At(name) is { } value)
        {
            to[longName] = value.DeepClone();
        }
    }

    private JsonObject Expression(string text) => text switch
    {
        ['#', .. string name] => Add(name),
        ['[', ']', .. string items] => new JsonObject { ["type"] = "array", ["items"] = Expression(items) },
        ['{', '}', .. string values] => new JsonObject { ["type"] = "object", ["additionalProperties"] = Expression(values) },
        "any" => [],
        "any-object" => new JsonObject { ["type"] = "object" },
        _ => Named.TryGetValue(text, out (string Name, Func<JsonObject> Schema) named) ? NamedScalar(named.Name, named.Schema) : Scalar(text),
    };

    private JsonObject NamedScalar(string name, Func<JsonObject> schema)
    {
        if (!components.ContainsKey(name))
        {
            components[name] = schema();
        }

        return Reference(name);
    }

    private static JsonObject Scalar(string text) => text switch
    {
        "int32" or "int64" => new JsonObject { ["type"] = "integer", ["format"] = text },
        "bool" => new JsonObject { ["type"] = "boolean" },
        "double" or "number" => new JsonObject { ["type"] = "number", ["format"] = "double" },
        "byte" => new JsonObject { ["type"] = "string", ["format"] = "byte" },
        _ => new JsonObject { ["type"] = text },
    };
}
