using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Patching;

/// <summary>Strategic merge patch: a merge patch that knows from the schema which lists merge, and by which key.</summary>
/// <remarks>Directives: <c>$patch</c> (replace, delete, merge), <c>$retainKeys</c>, <c>$deleteFromPrimitiveList/field</c>, <c>$setElementOrder/field</c>.</remarks>
internal static class StrategicMergePatch
{
    private const string PatchDirective = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string DeleteFromList = "$deleteFromPrimitiveList/";
    private const string ElementOrder = "$setElementOrder/";

    /// <param name="document">Not changed.</param>
    /// <param name="patch">Not changed.</param>
    /// <param name="schema">The kind's schema.</param>
    /// <exception cref="PatchException">A directive is malformed, or an item of a merging list lacks its merge key.</exception>
    public static JsonObject Apply(JsonObject document, JsonObject patch, SchemaNode schema) => MergeMap((JsonObject)document.DeepClone(), patch, schema);

    private static JsonObject MergeMap(JsonObject target, JsonObject patch, SchemaNode schema)
    {
        switch (Directive(patch))
        {
            case "replace":
                return WithoutDirectives(patch);
            case "delete":
                return [];
        }

        JsonObject original = (JsonObject)target.DeepClone();
        Retain(target, patch);
        foreach ((string name, JsonNode? value) in patch)
        {
            if (!name.StartsWith('$'))
            {
                MergeField(target, name, value, Child(schema, name));
            }
        }

        ApplyListDirectives(target, patch, schema, original);
        return target;
    }

    private static void MergeField(JsonObject target, string name, JsonNode? value, SchemaNode schema)
    {
        switch (value)
        {
            case null:
                target.Remove(name);
                break;
            case JsonObject map when Directive(map) == "delete":
                target.Remove(name);
                break;
            case JsonObject map:
                JsonObject into = target[name] as JsonObject ?? [];
                target.Remove(name);
                target[name] = MergeMap(into, map, schema);
                break;
            case JsonArray list when Merges(schema):
                JsonArray onto = target[name] as JsonArray ?? [];
                JsonArray before = (JsonArray)onto.DeepClone();
                target.Remove(name);
                target[name] = schema.PatchMergeKey is { } key ? MergeByKey(onto, list, key, schema.Items ?? SchemaNode.Anything) : MergeScalars(onto, list);
                target[name] = MergeOrder.Arrange((JsonArray)target[name]!, Identified(list), before, schema.PatchMergeKey);
                break;
            default:
                target[name] = value.DeepClone();
                break;
        }
    }

    private static JsonArray MergeByKey(JsonArray target, JsonArray patch, string key, SchemaNode items)
    {
        if (patch.OfType<JsonObject>().Any(item => Directive(item) == "replace" && !item.ContainsKey(key)))
        {
            return [.. patch.OfType<JsonObject>().Where(item => Directive(item) is null).Select(item => item.DeepClone())];
        }

        foreach (JsonNode? node in patch)
        {
            JsonObject item = node as JsonObject ?? throw MissingKey(node, key);
            JsonNode wanted = item[key] ?? throw MissingKey(node, key);
            int index = IndexOf(target, key, wanted);
            if (Directive(item) == "delete")
            {
                RemoveAll(target, key, wanted);
            }
            else if (index < 0)
            {
                target.Add(MergeMap([], item, items));
            }
            else
            {
                JsonObject current = (JsonObject)target[index]!;
                target[index] = MergeMap((JsonObject)current.DeepClone(), item, items);
            }
        }

        return target;
    }

    private static JsonArray MergeScalars(JsonArray target, JsonArray patch)
    {
        foreach (JsonNode? item in patch)
        {
            if (!target.Any(known => JsonNode.DeepEquals(known, item)))
            {
                target.Add(item?.DeepClone());
            }
        }

        return target;
    }

    private static void ApplyListDirectives(JsonObject target, JsonObject patch, SchemaNode schema, JsonObject original)
    {
        foreach ((string name, JsonNode? value) in patch)
        {
            if (name.StartsWith(DeleteFromList, StringComparison.Ordinal) && target[name[DeleteFromList.Length..]] is JsonArray list)
            {
                JsonArray gone = ListOf(name, value);
                list.RemoveAll(item => gone.Any(other => JsonNode.DeepEquals(item, other)));
            }
        }

        foreach ((string name, JsonNode? value) in patch)
        {
            if (name.StartsWith(ElementOrder, StringComparison.Ordinal) && target[name[ElementOrder.Length..]] is JsonArray list)
            {
                string field = name[ElementOrder.Length..];
                target[field] = MergeOrder.Arrange(list, ListOf(name, value), original[field] as JsonArray ?? [], Child(schema, field).PatchMergeKey);
            }
        }
    }

    /// <summary>The items of a patch that name an item, without its directives.</summary>
    private static JsonArray Identified(JsonArray patch) =>
        [.. patch.Where(item => item is not JsonObject map || Directive(map) is null or "merge").Select(item => item?.DeepClone())];

    private static void Retain(JsonObject target, JsonObject patch)
    {
        if (patch[RetainKeys] is not JsonArray keys)
        {
            return;
        }

        HashSet<string> kept = [.. keys.Where(key => key?.GetValueKind() == JsonValueKind.String).Select(key => key!.GetValue<string>())];
        foreach (string name in target.Select(field => field.Key).Where(name => !kept.Contains(name)).ToList())
        {
            target.Remove(name);
        }
    }

    private static JsonObject WithoutDirectives(JsonObject patch) =>
        [.. patch.Where(field => !field.Key.StartsWith('$')).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))];

    private static string? Directive(JsonObject patch)
    {
        if (!patch.TryGetPropertyValue(PatchDirective, out JsonNode? value))
        {
            return null;
        }

        string text = value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value?.ToJsonString() ?? "null";
        return text is "replace" or "delete" or "merge" ? text : throw new PatchException(PatchFailure.Unusable, $"unknown patch type: {text} in map: {JsonTypes.GoText(patch)}");
    }

    private static bool Merges(SchemaNode schema) => schema.PatchStrategy?.Split(',').Contains("merge") == true;

    private static SchemaNode Child(SchemaNode schema, string name) =>
        schema.Properties.GetValueOrDefault(name) ?? schema.AdditionalProperties ?? SchemaNode.Anything;

    private static JsonArray ListOf(string directive, JsonNode? value) =>
        value as JsonArray ?? throw new PatchException(PatchFailure.Malformed, $"{directive} must be a list");

    private static int IndexOf(JsonArray list, string key, JsonNode wanted)
    {
        for (int i = 0; i < list.Count; i++)
        {
            if (list[i] is JsonObject item && JsonNode.DeepEquals(item[key], wanted))
            {
                return i;
            }
        }

        return -1;
    }

    private static void RemoveAll(JsonArray list, string key, JsonNode wanted) =>
        list.RemoveAll(item => item is JsonObject map && JsonNode.DeepEquals(map[key], wanted));

    private static PatchException MissingKey(JsonNode? item, string key) =>
        new(PatchFailure.Unusable, $"map: {JsonTypes.GoText(item)} does not contain declared merge key: {key}");
}
