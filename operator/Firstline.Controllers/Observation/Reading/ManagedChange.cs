using System.Text.Json;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation.Reading;

/// <summary>Reads from <c>metadata.managedFields[]</c> when what is wanted of an object was changed last, and by whom.</summary>
internal static class ManagedChange
{
    private static readonly TextPool Texts = new();

    /// <summary>The newest change; null when the object does not tell.</summary>
    /// <param name="json">The whole object, as the API server sends it.</param>
    public static ChangeStamp? Read(ReadOnlySpan<byte> json) => Read(json, out _);

    /// <summary>The newest change; null when the object does not tell.</summary>
    /// <param name="json">The whole object, as the API server sends it.</param>
    /// <param name="statusAt">When its status was changed last; null when the object does not tell.</param>
    public static ChangeStamp? Read(ReadOnlySpan<byte> json, out DateTimeOffset? statusAt)
    {
        statusAt = null;
        Utf8JsonReader reader = new(json);
        if (!EnterList(ref reader))
        {
            return null;
        }

        Entry newest = default;
        DateTimeOffset status = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            Entry entry = ReadEntry(ref reader);
            newest = entry.IsOfSpec && entry.Time > newest.Time ? entry : newest;
            status = entry.IsOfStatus && entry.Time > status ? entry.Time : status;
        }

        statusAt = status == default ? null : status;
        return newest.Stamp();
    }

    private static bool EnterList(ref Utf8JsonReader reader) =>
        reader.Read() && Enter(ref reader, "metadata"u8) && Enter(ref reader, "managedFields"u8) && reader.TokenType == JsonTokenType.StartArray;

    // From the start of an object to the value of one of its members.
    private static bool Enter(ref Utf8JsonReader reader, ReadOnlySpan<byte> member)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isIt = reader.ValueTextEquals(member);
            reader.Read();
            if (isIt)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static Entry ReadEntry(ref Utf8JsonReader reader)
    {
        Entry entry = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("fieldsV1"u8))
            {
                reader.Read();
                entry.Fields = ReadOwned(ref reader);
            }
            else if (reader.ValueTextEquals("manager"u8))
            {
                reader.Read();
                entry.Manager = Text(ref reader);
            }
            else if (reader.ValueTextEquals("subresource"u8))
            {
                reader.Read();
                entry.IsOfStatus = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("status"u8);
            }
            else if (reader.ValueTextEquals("time"u8))
            {
                reader.Read();
                entry.Time = reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out DateTimeOffset time) ? time : default;
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return entry;
    }

    // Null when nothing but metadata and status is owned. "f:name" is a field, "k:{...}" an item of a list by its key, "v:..." one by its value, "." the map itself.
    private static HashSet<string>? ReadOwned(ref Utf8JsonReader reader)
    {
        HashSet<string>? names = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("f:metadata"u8) || reader.ValueTextEquals("f:status"u8))
            {
                reader.Read();
                reader.Skip();
                continue;
            }

            names ??= new(StringComparer.Ordinal);
            ReadField(ref reader, names);
        }

        return names;
    }

    // Stands on the name of a field: its own name counts when nothing below it has one.
    private static bool ReadField(ref Utf8JsonReader reader, HashSet<string> names)
    {
        string name = Texts.Get(ref reader);
        bool isNamed = false;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            isNamed |= ReadField(ref reader, names);
        }

        if (isNamed || !name.StartsWith("f:", StringComparison.Ordinal))
        {
            return isNamed;
        }

        // More than can be shown tell nothing: they are not collected any further.
        _ = names.Count <= ChangeStamp.MaxFields && names.Add(name[2..]);
        return true;
    }

    private static string? Text(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? Texts.Get(ref reader) : null;

    private struct Entry
    {
        public DateTimeOffset Time;
        public string? Manager;
        public HashSet<string>? Fields;
        public bool IsOfStatus;

        public readonly bool IsOfSpec => Fields is not null && !IsOfStatus && Time != default;

        public readonly ChangeStamp? Stamp() =>
            IsOfSpec ? new(Time, Manager ?? "", Fields is { Count: <= ChangeStamp.MaxFields } few ? [.. few.Order(StringComparer.Ordinal)] : []) : null;
    }
}
