using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Patching.ServerSideApply;

/// <summary>Reads and writes <c>metadata.managedFields</c>.</summary>
internal static class ManagedFields
{
    public static ImmutableArray<ManagedEntry> Read(JsonObject json) =>
        (json["metadata"] as JsonObject)?["managedFields"] is JsonArray list ? [.. list.OfType<JsonObject>().Select(ReadOne).OfType<ManagedEntry>()] : [];

    /// <summary>True for the list with one empty entry by which a client asks to forget all owners.</summary>
    public static bool IsReset(JsonObject json) =>
        (json["metadata"] as JsonObject)?["managedFields"] is JsonArray list && list.All(item => item is JsonObject { Count: 0 });

    public static void Write(JsonObject json, ImmutableArray<ManagedEntry> entries)
    {
        if (json["metadata"] is not JsonObject metadata)
        {
            return;
        }

        metadata.Remove("managedFields");
        if (!entries.IsEmpty)
        {
            metadata["managedFields"] = new JsonArray([.. entries.Order(Comparer<ManagedEntry>.Create(Compare)).Select(WriteOne)]);
        }
    }

    private static int Compare(ManagedEntry left, ManagedEntry right)
    {
        int byOperation = left.Manager.Operation.CompareTo(right.Manager.Operation);
        int byTime = byOperation != 0 ? byOperation : Nullable.Compare(left.Time, right.Time);
        int byName = byTime != 0 ? byTime : string.CompareOrdinal(left.Manager.Name, right.Manager.Name);
        int byVersion = byName != 0 ? byName : string.CompareOrdinal(left.ApiVersion, right.ApiVersion);
        return byVersion != 0 ? byVersion : string.CompareOrdinal(left.Manager.Subresource, right.Manager.Subresource);
    }

    private static ManagedEntry? ReadOne(JsonObject entry)
    {
        if (entry["fieldsV1"] is not JsonObject fields)
        {
            return null;
        }

        ManagedOperation operation = Text(entry, "operation") == "Apply" ? ManagedOperation.Apply : ManagedOperation.Update;
        DateTimeOffset? time = DateTimeOffset.TryParse(Text(entry, "time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? at : null;
        return new ManagedEntry(new FieldManager(Text(entry, "manager"), operation, Text(entry, "subresource")), Text(entry, "apiVersion"), time, FieldsV1.Parse(fields));
    }

    private static JsonObject WriteOne(ManagedEntry entry)
    {
        JsonObject json = new()
        {
            ["manager"] = entry.Manager.Name,
            ["operation"] = entry.Manager.Operation.ToString(),
            ["apiVersion"] = entry.ApiVersion,
        };
        if (entry.Time is { } time)
        {
            json["time"] = Timestamps.Format(time);
        }

        json["fieldsType"] = "FieldsV1";
        json["fieldsV1"] = FieldsV1.Format(entry.Fields);
        if (entry.Manager.Subresource.Length > 0)
        {
            json["subresource"] = entry.Manager.Subresource;
        }

        return json;
    }

    private static string Text(JsonObject entry, string field) => entry[field] is JsonValue value && value.TryGetValue(out string? text) ? text : "";
}
