using System.Text.Json;

namespace Firstline.Kube.Client;

/// <summary>One line of a watch, not decoded further than needed to know what it is about.</summary>
internal readonly ref struct WatchFrame
{
    private WatchFrame(WatchEventKind kind, ReadOnlySpan<byte> @object)
    {
        Kind = kind;
        Object = @object;
    }

    public WatchEventKind Kind { get; }

    /// <summary>JSON of the object, or of the Status of an <see cref="WatchEventKind.Error"/>.</summary>
    public ReadOnlySpan<byte> Object { get; }

    /// <exception cref="JsonException">The line is not a whole frame.</exception>
    public static WatchFrame Parse(ReadOnlySpan<byte> line)
    {
        Utf8JsonReader reader = new(line);
        WatchEventKind kind = WatchEventKind.Unknown;
        ReadOnlySpan<byte> body = default;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("a watch frame was expected");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = reader.ValueTextEquals("type"u8);
            bool isObject = reader.ValueTextEquals("object"u8);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            kind = isType ? KindOf(ref reader) : kind;
            reader.Skip();
            body = isObject ? line[start..(int)reader.BytesConsumed] : body;
        }

        return new WatchFrame(kind, body);
    }

    private static WatchEventKind KindOf(ref Utf8JsonReader reader) => reader switch
    {
        { TokenType: not JsonTokenType.String } => WatchEventKind.Unknown,
        _ when reader.ValueTextEquals("MODIFIED"u8) => WatchEventKind.Modified,
        _ when reader.ValueTextEquals("ADDED"u8) => WatchEventKind.Added,
        _ when reader.ValueTextEquals("DELETED"u8) => WatchEventKind.Deleted,
        _ when reader.ValueTextEquals("BOOKMARK"u8) => WatchEventKind.Bookmark,
        _ when reader.ValueTextEquals("ERROR"u8) => WatchEventKind.Error,
        _ => WatchEventKind.Unknown,
    };
}
