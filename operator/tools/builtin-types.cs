#:property PublishAot=false
// Derives operator/Firstline.DevServer/Schemas/Data/builtin-types.json from a real API server's OpenAPI v3 documents.
//
//   mkdir openapi; for path in $(kubectl get --raw /openapi/v3 | jq -r '.paths | keys[]'); do
//     kubectl get --raw "/openapi/v3/$path" > "openapi/$(echo "$path" | tr / _).json"; done
//   dotnet run operator/tools/builtin-types.cs -- openapi > operator/Firstline.DevServer/Schemas/Data/builtin-types.json
//
// Kept are facts only: structure, types, formats, enums, required, defaults and the x-kubernetes list, map and patch extensions.
// Descriptions are dropped. The short notation is explained where it is read: Schemas/BuiltinTypes.cs.
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

string folder = args.Length == 1 ? args[0] : throw new ArgumentException("give the folder of OpenAPI documents");
Console.WriteLine("{\n" + string.Join(",\n", new Derivation(folder).Types().Select(t => $"\"{t.Key}\":{t.Value}")) + "\n}");

/// <summary>Walks from the served kinds to every type they reach.</summary>
internal sealed class Derivation(string folder)
{
    private const string RefPrefix = "#/components/schemas/";

    private static readonly (string Long, string Short)[] Packages =
    [
        ("io.k8s.apimachinery.pkg.apis.meta.", "meta."),
        ("io.k8s.apimachinery.pkg.api.resource.", "resource."),
        ("io.k8s.apimachinery.pkg.util.intstr.", "intstr."),
        ("io.k8s.apimachinery.pkg.runtime.", "runtime."),
        ("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.", "apiextensions."),
        ("io.k8s.api.", ""),
    ];

    // Kinds that a server lists but that nobody stores.
    private static readonly string[] Unwanted = ["DeleteOptions", "WatchEvent", "PodTemplate", "Binding", "PodLogOptions"];

    private static readonly Dictionary<string, string> Scalars = new()
    {
        ["resource.Quantity"] = "quantity",
        ["intstr.IntOrString"] = "int-or-string",
        ["meta.v1.Time"] = "time",
        ["meta.v1.MicroTime"] = "micro-time",
        ["meta.v1.FieldsV1"] = "any-object",
        ["runtime.RawExtension"] = "any-object",
        ["apiextensions.v1.JSON"] = "any",
        ["apiextensions.v1.JSONSchemaPropsOrBool"] = "any",
        ["apiextensions.v1.JSONSchemaPropsOrArray"] = "any",
        ["apiextensions.v1.JSONSchemaPropsOrStringArray"] = "any",
    };

    private static readonly (string From, string To)[] Extensions =
    [
        ("enum", "enum"),
        ("x-kubernetes-list-type", "list"),
        ("x-kubernetes-list-map-keys", "keys"),
        ("x-kubernetes-map-type", "map"),
        ("x-kubernetes-patch-strategy", "patch"),
        ("x-kubernetes-patch-merge-key", "mergeKey"),
    ];

    private readonly SortedDictionary<string, JsonObject> _schemas = ReadSchemas(folder);
    private readonly Queue<string> _waiting = new();

    public SortedDictionary<string, string> Types()
    {
        SortedDictionary<string, string> written = new(StringComparer.Ordinal);
        foreach ((string root, _) in _schemas.Where(s => IsRoot(s.Key, s.Value)))
        {
            _waiting.Enqueue(root);
        }

        while (_waiting.TryDequeue(out string? name))
        {
            if (written.TryAdd(Short(name), ""))
            {
                written[Short(name)] = Render(TypeOf(_schemas[name]));
            }
        }

        return written;
    }

    private static SortedDictionary<string, JsonObject> ReadSchemas(string folder)
    {
        SortedDictionary<string, JsonObject> all = new(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(folder, "*.json"))
        {
            JsonObject found = JsonNode.Parse(File.ReadAllText(file))?["components"]?["schemas"]?.AsObject() ?? [];
            foreach ((string name, JsonNode? schema) in found)
            {
                all[name] = schema!.AsObject();
            }
        }

        return all;
    }

    private static bool IsRoot(string name, JsonObject schema) =>
        schema["x-kubernetes-group-version-kind"] is JsonArray
        && !name.EndsWith("List", StringComparison.Ordinal)
        && !Unwanted.Any(u => name.EndsWith("." + u, StringComparison.Ordinal));

    private static string Short(string name)
    {
        (string from, string to) = Packages.First(p => name.StartsWith(p.Long, StringComparison.Ordinal));
        return to + name[from.Length..];
    }

    private JsonNode TypeOf(JsonObject schema)
    {
        if (schema["properties"] is not JsonObject properties)
        {
            return Shorten(schema);
        }

        JsonObject fields = [];
        foreach ((string field, JsonNode? node) in properties)
        {
            fields[field] = Shorten(node!.AsObject());
        }

        JsonObject type = new() { ["fields"] = fields };
        Copy(schema, "required", type, "required");
        Copy(schema, "x-kubernetes-map-type", type, "map");
        return type;
    }

    // One field: a string where the type says all, else an object with the type under "t".
    private JsonNode Shorten(JsonObject schema)
    {
        string type = Notation(schema);
        JsonObject full = new() { ["t"] = type };
        if (schema["default"] is { } value && value.ToJsonString() is not ("{}" or "\"\"" or "0" or "false"))
        {
            full["default"] = value.DeepClone();
        }

        foreach ((string from, string to) in Extensions)
        {
            Copy(schema, from, full, to);
        }

        if (full["list"]?.ToString() == "atomic")
        {
            full.Remove("list"); // a list is atomic when nothing is said
        }

        return full.Count == 1 ? JsonValue.Create(type) : full;
    }

    private string Notation(JsonObject schema)
    {
        string? reference = (schema["$ref"] ?? (schema["allOf"] is JsonArray { Count: 1 } all ? all[0]!["$ref"] : null))?.ToString();
        if (reference is not null)
        {
            return Reference(reference);
        }

        return schema["type"]?.ToString() switch
        {
            "array" => "[]" + Notation(schema["items"]!.AsObject()),
            "object" when schema["additionalProperties"] is JsonObject values => "{}" + Notation(values),
            "object" => "any-object",
            "boolean" => "bool",
            null => "any",
            { } plain => schema["format"]?.ToString() ?? plain,
        };
    }

    private string Reference(string reference)
    {
        string target = reference[RefPrefix.Length..];
        if (Scalars.TryGetValue(Short(target), out string? scalar))
        {
            return scalar;
        }

        _waiting.Enqueue(target);
        return "#" + Short(target);
    }

    private static void Copy(JsonObject from, string name, JsonObject to, string shortName)
    {
        if (from[name] is { } value)
        {
            to[shortName] = value.DeepClone();
        }
    }

    private static string Render(JsonNode node)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            node.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
