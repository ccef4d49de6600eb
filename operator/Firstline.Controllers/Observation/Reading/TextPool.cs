using System.Text.Json;

namespace Firstline.Controllers.Observation.Reading;

/// <summary>
/// One instance of texts that many objects have in common: names of containers, nodes and images, reasons, phases. It holds a fixed number; a
/// newer text takes the place of an older one. Any thread may ask: a race costs an instance, nothing else.
/// </summary>
internal sealed class TextPool
{
    private const int Places = 8192;         // a power of two
    private const int LongestBytes = 128;    // longer ones are messages, which are seldom alike
    private readonly string?[] _texts = new string?[Places];

    /// <summary>The string that the reader stands on.</summary>
    public string Get(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped || reader.ValueSpan.Length is 0 or > LongestBytes)
        {
            return reader.GetString()!;
        }

        HashCode hash = default;
        hash.AddBytes(reader.ValueSpan);
        ref string? place = ref _texts[hash.ToHashCode() & (Places - 1)];
        return place is { } known && reader.ValueTextEquals(known) ? known : place = reader.GetString()!;
    }
}
