using System.Text.Json;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Patching;

/// <summary>JSON patch, RFC 6902: all operations apply, or none.</summary>
internal static class JsonPatch
{
    /// <param name="document">Not changed.</param>
    /// <param name="patch">The list of operations.</param>
    /// <exception cref="PatchException">The patch is malformed, or one of its operations does not apply.</exception>
    public static JsonObject Apply(JsonObject document, JsonNode? patch)
    {
        if (patch is not JsonArray operations)
        {
            throw new PatchException(
                PatchFailure.Malformed, $"error decoding patch: json: cannot unmarshal {JsonTypes.GoName(patch)} into Go value of type []handlers.jsonPatchOp");
        }

        JsonNode root = document.DeepClone();
        foreach (JsonNode? operation in operations)
        {
            root = ApplyOne(root, operation as JsonObject ?? throw Malformed($"json: cannot unmarshal {JsonTypes.GoName(operation)} into Go value of type handlers.jsonPatchOp"));
        }

        return root as JsonObject ?? throw new PatchException(PatchFailure.DoesNotApply, "the patched document is not an object");
    }

    private static JsonNode ApplyOne(JsonNode root, JsonObject operation)
    {
        string? op = operation["op"]?.GetValueKind() == JsonValueKind.String ? operation["op"]!.GetValue<string>() : null;
        if (op is not ("add" or "remove" or "replace" or "move" or "copy" or "test"))
        {
            throw new PatchException(PatchFailure.Malformed, $"invalid operation {operation.ToJsonString()}: unsupported operation");
        }

        string[] path = JsonPointer.Parse(Text(operation, "path"));
        return op switch
        {
            "add" => Put(root, path, Value(operation)),
            "remove" => Remove(root, path),
            "replace" => Replace(root, path, Value(operation)),
            "move" => Move(root, JsonPointer.Parse(Text(operation, "from")), path),
            "copy" => Put(root, path, JsonPointer.Get(root, JsonPointer.Parse(Text(operation, "from")))?.DeepClone()),
            _ => Test(root, path, Value(operation)),
        };
    }

    private static JsonNode Replace(JsonNode root, string[] path, JsonNode? value)
    {
        JsonPointer.Get(root, path);
        return Put(path.Length == 0 ? root : Remove(root, path), path, value);
    }

    private static JsonNode Move(JsonNode root, string[] from, string[] path)
    {
        JsonNode? moved = JsonPointer.Get(root, from)?.DeepClone();
        return Put(Remove(root, from), path, moved);
    }

    private static JsonNode Put(JsonNode root, string[] path, JsonNode? value)
    {
        if (path.Length == 0)
        {
            return value ?? throw new PatchException(PatchFailure.DoesNotApply, "the document cannot be null");
        }

        JsonPointer.Add(root, path, value);
        return root;
    }

    private static JsonNode Remove(JsonNode root, string[] path)
    {
        if (path.Length == 0)
        {
            throw new PatchException(PatchFailure.DoesNotApply, "the whole document cannot be removed");
        }

        JsonPointer.Remove(root, path);
        return root;
    }

    private static JsonNode Test(JsonNode root, string[] path, JsonNode? value) =>
        JsonNode.DeepEquals(JsonPointer.Get(root, path), value)
            ? root
            : throw new PatchException(PatchFailure.DoesNotApply, $"testing path /{string.Join('/', path)} failed");

    private static JsonNode? Value(JsonObject operation) =>
        operation.TryGetPropertyValue("value", out JsonNode? value) ? value?.DeepClone() : throw Malformed("an operation has no value");

    private static string Text(JsonObject operation, string member) =>
        operation[member] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : throw Malformed($"an operation has no {member}");

    private static PatchException Malformed(string what) => new(PatchFailure.Malformed, $"error decoding patch: {what}");
}
