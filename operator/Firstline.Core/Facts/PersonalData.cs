using System.Text.RegularExpressions;

namespace Firstline.Core.Facts;

/// <summary>Takes e-mail addresses and numbers of payment cards out of text that becomes evidence.</summary>
/// <remarks>User names may look like e-mail addresses: what the operator records of approvals is left alone. A card number has the beginning and length of a large network and the
/// check digit of ISO/IEC 7812, so that times and counters stay. Time is linear in the text.</remarks>
public static class PersonalData
{
    // The addressee in a URL (postgres://shop@db.example) is no person, and the digest of an image has no dot.
    private static readonly RedactionRule Addresses = new(["@"], @"(^|[^:/]/|[\s<>(\[{""'=:,;|&?])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}\b", $"$1{Redactor.Mark}");

    private static readonly Regex Cards = new(
        @"\b(?:3[47][0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{5}|(?:4[0-9]{3}|5[1-5][0-9]{2}|2[2-7][0-9]{2}|6(?:011|5[0-9]{2})|35[2-8][0-9])(?:[ -]?[0-9]{4}){3})\b",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary><paramref name="text"/> with both replaced by <see cref="Redactor.Mark"/>.</summary>
    public static string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string left = Addresses.Apply(text);
        return HasDigits(left) ? Cards.Replace(left, static found => IsCard(found.ValueSpan) ? Redactor.Mark : found.Value) : left;
    }

    // Fewer can be no card.
    private static bool HasDigits(string text) => text.Count(char.IsAsciiDigit) >= 15;

    // Luhn's sum, from the right: every second digit doubled.
    private static bool IsCard(ReadOnlySpan<char> text)
    {
        int sum = 0, place = 0;
        for (int at = text.Length - 1; at >= 0; at--)
        {
            if (char.IsAsciiDigit(text[at]))
            {
                int digit = (text[at] - '0') << (place++ & 1);
                sum += digit > 9 ? digit - 9 : digit;
            }
        }

        return sum % 10 == 0;
    }
}
