using System.Globalization;
using System.Text;

namespace Firstline.Core.Facts;

/// <summary>Makes text from outside fit for a field of the API, and for the eyes of whoever reads it: one line, bounded, nothing hidden, without secrets.</summary>
/// <remarks>
/// <para>Line breaks and other control characters become blanks; escape sequences of terminals go, since a reader's terminal would obey them. What is invisible or
/// changes the order of reading (Unicode's format characters, such as U+202E) becomes U+FFFD, so that a reader sees that something was there; so does half of a
/// surrogate pair. The joiners U+200C and U+200D stay: scripts and pictures need them.</para>
/// <para>A text that was cut ends with <see cref="CutMark"/>.</para>
/// </remarks>
public static class BoundedText
{
    /// <summary>Last character of a text that goes on in its source.</summary>
    public const string CutMark = "…";

    // Far above any field's bound, so that a secret is seen whole before the cut; and low enough to keep the search for secrets cheap however long the text is.
    private const int SearchFactor = 16;

    /// <summary>At most <paramref name="maxLength"/> UTF-16 units of <paramref name="text"/>, cleaned, secrets removed.</summary>
    /// <remarks>Secrets go before the cut, so that no half of one is left over, and after the cleaning, so that nothing hides one.</remarks>
    public static string Of(string text, int maxLength) => Of(text, maxLength, Redactor.Redact);

    /// <summary>The same with more taken out than secrets.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">Most UTF-16 units of the outcome.</param>
    /// <param name="redact">Takes out of the cleaned text what must not be shown.</param>
    internal static string Of(string text, int maxLength, Func<string, string> redact)
    {
        ArgumentNullException.ThrowIfNull(text);
        (string clean, bool isCut) = Clean(text, SearchFactor * maxLength);
        return Cut(redact(clean), maxLength, isCut);
    }

    /// <summary>At most <paramref name="maxLength"/> UTF-16 units of <paramref name="text"/>, cleaned; for text of our own that quotes what was redacted before.</summary>
    public static string Shorten(string text, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        (string clean, bool isCut) = Clean(text, maxLength);
        return Cut(clean, maxLength, isCut);
    }

    private static string Cut(string clean, int maxLength, bool isCut)
    {
        string trimmed = clean.Trim();
        if (trimmed.Length <= maxLength && !isCut)
        {
            return trimmed;
        }

        int keep = Math.Min(trimmed.Length, maxLength - CutMark.Length);
        return string.Concat(trimmed.AsSpan(0, keep > 0 && char.IsHighSurrogate(trimmed[keep - 1]) ? keep - 1 : keep).TrimEnd(), CutMark);
    }

    // True beside the text when the source goes on after it.
    private static (string Clean, bool IsCut) Clean(string text, int maxLength)
    {
        StringBuilder clean = new(Math.Min(text.Length, maxLength));
        for (int at = 0; at < text.Length;)
        {
            if (TerminalEscape.LengthAt(text, at) is > 0 and var escape)
            {
                at += escape;
                continue;
            }

            bool isWhole = Rune.TryGetRuneAt(text, at, out Rune rune);
            string shown = isWhole ? Shown(rune) : Rune.ReplacementChar.ToString();
            at += isWhole ? rune.Utf16SequenceLength : 1;
            if (shown == " " && (clean.Length == 0 || clean[^1] == ' '))
            {
                continue;   // a line break is often two characters, and a thousand of them say no more than one
            }

            if (clean.Length + shown.Length > maxLength)
            {
                return (clean.ToString(), true);
            }

            clean.Append(shown);
        }

        return (clean.ToString(), false);
    }

    private static string Shown(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => " ",
        UnicodeCategory.Format when rune.Value is not (0x200C or 0x200D) => Rune.ReplacementChar.ToString(),
        _ => rune.ToString(),
    };
}
