using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Firstline.Core.Facts;

/// <summary>Takes e-mail addresses and numbers of payment cards out of text that becomes evidence.</summary>
/// <remarks>User names may look like e-mail addresses: what the operator records of approvals is left alone. A card number has the beginning and length of a large network and the
/// check digit of ISO/IEC 7812, so that times and counters stay. Time is linear in the text.</remarks>
public static partial class PersonalData
{
    private const int MaxLocal = 64;      // RFC 5321, 4.5.3.1
    private const int MaxDomain = 255;
    private static readonly SearchValues<char> Local = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-");
    private static readonly SearchValues<char> Domain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");

    /// <summary><paramref name="text"/> with both replaced by <see cref="Redactor.Mark"/>.</summary>
    public static string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string left = WithoutAddresses(text);
        return HasDigits(left) ? Cards().Replace(left, static found => IsCard(found.ValueSpan) ? Redactor.Mark : found.Value) : left;
    }

    private static string WithoutAddresses(string text)
    {
        StringBuilder? left = null;
        int copied = 0;
        for (int at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            if (AddressAt(text, copied, at) is var (start, end))
            {
                left = (left ?? new StringBuilder(text.Length)).Append(text, copied, start - copied).Append(Redactor.Mark);
                copied = end;
            }
        }

        return left is null ? text : left.Append(text, copied, text.Length - copied).ToString();
    }

    // Where the address around the sign begins and ends; null for what is none. The addressee in a URL (postgres://shop@db.example) is no person, and the digest of an image has no dot.
    private static (int Start, int End)? AddressAt(string text, int from, int sign)
    {
        ReadOnlySpan<char> before = text.AsSpan(from, sign - from), after = text.AsSpan(sign + 1);
        int local = before.Length - 1 - before.LastIndexOfAnyExcept(Local);
        int other = after.IndexOfAnyExcept(Domain);
        ReadOnlySpan<char> domain = (other < 0 ? after : after[..other]).TrimEnd(".-");
        int start = sign - local;
        bool isOfUrl = start >= 2 && text[start - 1] == '/' && text[start - 2] is '/' or ':';
        return local is 0 or > MaxLocal || isOfUrl || !IsDomain(domain) ? null : (start, sign + 1 + domain.Length);
    }

    // At least two labels, of which the last has letters alone.
    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        int dot = domain.LastIndexOf('.');
        ReadOnlySpan<char> last = domain[(dot + 1)..];
        return dot > 0 && domain.Length <= MaxDomain && last.Length is >= 2 and <= 24 && last.IndexOfAnyExceptInRange('A', 'z') < 0 && domain.IndexOf("..") < 0;
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

    // Bounded, so that the time is linear in the text.
    [GeneratedRegex(
        @"\b(?:3[47][0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{5}|(?:4[0-9]{3}|5[1-5][0-9]{2}|2[2-7][0-9]{2}|6(?:011|5[0-9]{2})|35[2-8][0-9])(?:[ -]?[0-9]{4}){3})\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Cards();
}
