using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Kube.Wire;

namespace Firstline.Kube.Client;

/// <summary>Reads a list's JSON from a stream, handing out each item when its last byte is there; holds one buffer, or one item where that is larger.</summary>
internal sealed class ListPageReader(Stream stream, JsonItem onItem) : IDisposable
{
    private readonly PooledBuffer _buffer = new(stream);
    private JsonReaderState _state;
    private Place _place = Place.Start;
    private ListMeta _meta = new();

    private enum Place
    {
        Start,
        Properties,
        Metadata,
        Items,
        InItems,
        AfterItems,
        Other,
        End,
    }

    /// <exception cref="JsonException">The answer is cut or is no list.</exception>
    public async Task<ListPosition> ReadAsync(CancellationToken ct)
    {
        bool isLast = false;
        while (true)
        {
            Advance(isLast);
            if (_place == Place.End)
            {
                return new(_meta.ResourceVersion ?? "", _meta.Continue ?? "");
            }

            if (isLast)
            {
                throw new JsonException("the list ends before its closing brace");
            }

            isLast = !await _buffer.FillUpAsync(ct);
        }
    }

    public void Dispose() => _buffer.Dispose();

    private void Advance(bool isLast)
    {
        ReadTokens(isLast);
        if (_place == Place.InItems && TakeItems())
        {
            _place = Place.AfterItems;
            ReadTokens(isLast);
        }
    }

    private void ReadTokens(bool isLast)
    {
        Utf8JsonReader reader = new(_buffer.Unread, isLast, _state);
        while (_place is not (Place.End or Place.InItems) && Step(ref reader))
        {
        }

        _state = reader.CurrentState;
        _buffer.Consume((int)reader.BytesConsumed);
    }

    /// <summary>Hands out all items that are complete; true when the list's closing bracket is next, where the reader goes on.</summary>
    /// <remarks>Their tokens are left to who takes them: read here too, a list would take twice as long.</remarks>
    private bool TakeItems()
    {
        while (true)
        {
            ReadOnlySpan<byte> unread = _buffer.Unread.TrimStart(" \t\r\n,"u8);
            _buffer.Consume(_buffer.Unread.Length - unread.Length);
            if (unread.IsEmpty || unread[0] == (byte)']')
            {
                return !unread.IsEmpty;
            }

            int length = unread[0] == (byte)'{' ? JsonScan.LengthOf(unread) : throw new JsonException("an object was expected in the list");
            if (length == 0)
            {
                return false;
            }

            onItem(unread[..length]);
            _buffer.Consume(length);
        }
    }

    /// <summary>Takes one step, or none (false, reader unmoved) when bytes are missing.</summary>
    private bool Step(ref Utf8JsonReader reader) => _place switch
    {
        Place.Start => OpenList(ref reader),
        Place.Properties => NextProperty(ref reader),
        Place.Items => OpenItems(ref reader),
        Place.AfterItems => CloseItems(ref reader),
        Place.Metadata => ReadValue(ref reader, keep: true),
        _ => ReadValue(ref reader, keep: false),
    };

    private bool OpenList(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            return false;
        }

        _place = reader.TokenType == JsonTokenType.StartObject ? Place.Properties : throw new JsonException("a list object was expected");
        return true;
    }

    private bool NextProperty(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            return false;
        }

        _place = reader.TokenType switch
        {
            JsonTokenType.EndObject => Place.End,
            _ when reader.ValueTextEquals("items"u8) => Place.Items,
            _ when reader.ValueTextEquals("metadata"u8) => Place.Metadata,
            _ => Place.Other,
        };
        return true;
    }

    private bool OpenItems(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            return false;
        }

        _place = reader.TokenType == JsonTokenType.StartArray ? Place.InItems : Place.Properties;   // null: no items
        return true;
    }

    private bool CloseItems(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            return false;
        }

        _place = Place.Properties;
        return true;
    }

    private bool ReadValue(ref Utf8JsonReader reader, bool keep)
    {
        Utf8JsonReader before = reader;
        if (!reader.Read() || !TakeValue(ref reader, before, keep ? KeepMeta : static _ => { }))
        {
            reader = before;
            return false;
        }

        _place = Place.Properties;
        return true;
    }

    private bool TakeValue(ref Utf8JsonReader reader, Utf8JsonReader before, JsonItem receiver)
    {
        int start = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
        {
            reader = before;
            return false;
        }

        receiver(_buffer.Unread[start..(int)reader.BytesConsumed]);
        return true;
    }

    private void KeepMeta(ReadOnlySpan<byte> json) => _meta = JsonSerializer.Deserialize(json, KubeJson.Default.ListMeta) ?? new();
}
