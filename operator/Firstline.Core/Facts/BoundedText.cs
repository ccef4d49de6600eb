using System.Text;

namespace Firstline.Core.Facts;

/// <summary>Makes text from outside fit for a field of the API: one line, bounded, without secrets.</summary>
public static class BoundedText
{
    /// <summary>At most <paramref name="maxLength"/> UTF-16 units of <paramref name="text"/>, secrets and control characters removed.</summary>
    /// <remarks>Secrets go before the cut, so that no half of one is left over.</remarks>
    public static string Of(string text, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(text);

        // A bound far above any field's keeps the search for secrets cheap however long the text is.
        return Shorten(Redactor.Redact(text.Length > 16 * maxLength ? text[..(16 * maxLength)] : text), maxLength);
    }

    /// <summary>At most <paramref name="maxLength"/> UTF-16 units of <paramref name="text"/>, never half of a surrogate pair, control characters as blanks.</summary>
    public static string Shorten(string text, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder clean = new(Math.Min(text.Length, maxLength));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > maxLength)
            {
                break;
            }

            clean.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return clean.ToString().Trim();
    }
}
