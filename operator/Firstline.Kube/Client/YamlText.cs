using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Firstline.Kube.Client;

/// <summary>
/// JSON that is YAML too. JSON may write a character above U+FFFF, such as an emoji, as two escapes of a surrogate each, and .NET's writer always does;
/// YAML knows no surrogates, and an API server refuses an apply that holds them. All other JSON is YAML.
/// </summary>
internal static class YamlText
{
    private const int EscapeLength = 6;

    /// <summary>The same JSON with such characters as themselves; the given memory when it holds none.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json)
    {
        if (json.Span.IndexOf("\\uD"u8) < 0 && json.Span.IndexOf("\\ud"u8) < 0)
        {
            return json;
        }

        ArrayBufferWriter<byte> text = new(json.Length);
        ReadOnlySpan<byte> rest = json.Span;
        while (rest.IndexOf((byte)'\\') is >= 0 and var at && at + 1 < rest.Length)
        {
            text.Write(rest[..at]);
            rest = rest[at..];
            rest = rest[(Pair(rest) is { } character ? Write(text, character) : Copy(text, rest[..2]))..];
        }

        text.Write(rest);
        return text.WrittenMemory;
    }

    /// <summary>The character that the text begins with as two escapes; null when it begins with anything else.</summary>
    private static Rune? Pair(ReadOnlySpan<byte> text) =>
        text.Length >= 2 * EscapeLength && Escape(text) is { } high && Escape(text[EscapeLength..]) is { } low && Rune.TryCreate(high, low, out Rune rune) ? rune : null;

    private static char? Escape(ReadOnlySpan<byte> text) =>
        text.StartsWith("\\u"u8) && Utf8Parser.TryParse(text[2..EscapeLength], out ushort unit, out int read, 'x') && read == EscapeLength - 2 ? (char)unit : null;

    /// <returns>How much of the text this stands for.</returns>
    private static int Write(ArrayBufferWriter<byte> text, Rune character)
    {
        text.Advance(character.EncodeToUtf8(text.GetSpan(4)));
        return 2 * EscapeLength;
    }

    /// <returns>How much was copied.</returns>
    private static int Copy(ArrayBufferWriter<byte> text, ReadOnlySpan<byte> escape)
    {
        text.Write(escape);
        return escape.Length;
    }
}
