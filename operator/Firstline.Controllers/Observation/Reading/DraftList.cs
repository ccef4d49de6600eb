using System.Text.Json;

namespace Firstline.Controllers.Observation.Reading;

/// <summary>A JSON array of objects; its drafts are kept and used again.</summary>
internal sealed class DraftList<T>
    where T : Draft, new()
{
    private readonly List<T> _items = [];

    public int Count { get; private set; }

    public T this[int index] => _items[index];

    public void Clear() => Count = 0;

    /// <summary>Reads the array that the reader stands on; <c>null</c> is an empty one.</summary>
    /// <exception cref="JsonException">It is no array of objects.</exception>
    public void Read(ref Utf8JsonReader reader, JsonShape<T> shape)
    {
        Clear();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        JsonValues.Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            JsonValues.Expect(ref reader, JsonTokenType.StartObject);
            shape.Read(ref reader, Next());
        }
    }

    private T Next()
    {
        if (Count == _items.Count)
        {
            _items.Add(new T());
        }

        return _items[Count++];
    }
}
