using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>Picks the lines of a log that say why a process ended.</summary>
internal static partial class LogDigest
{
    private const int MaxLines = 6;
    private const int MaxLine = 300;
    private const int LineOfKey = 48;   // PEM has 64 in a line, other tools 76
    private static readonly SearchValues<char> Encoded = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    /// <summary>The last lines that look like errors, each shape once, oldest first; the last lines at all when none does.</summary>
    public static ImmutableArray<string> Telling(ImmutableArray<string> lines)
    {
        ImmutableArray<string> readable = [.. WithoutKeys(lines)];
        ImmutableArray<string> errors = LastDistinct(readable.Where(static l => Error().IsMatch(l)));
        return errors.IsEmpty ? LastDistinct(readable.Where(static l => !string.IsNullOrWhiteSpace(l)).TakeLast(3)) : errors;
    }

    /// <summary>The last telling line, without secrets; null for an empty log.</summary>
    public static string? LastError(LogFacts? log) =>
        log is null || Telling(log.Lines) is not [.., { } last] ? null : BoundedText.Of(last, 200);

    // A key or certificate is logged over several lines, of which none alone shows what it is of; and the end of a log may begin within one.
    private static IEnumerable<string> WithoutKeys(ImmutableArray<string> lines)
    {
        bool within = false;
        foreach (string line in lines)
        {
            bool begins = line.Contains("-----BEGIN", StringComparison.Ordinal), ends = line.Contains("-----END", StringComparison.Ordinal);
            if (!begins && !ends && !(within && IsEncoded(line, 1)) && !IsEncoded(line, LineOfKey))
            {
                within = false;
                yield return line;
            }
            else
            {
                within = (begins || within) && !ends;
            }
        }
    }

    private static bool IsEncoded(string line, int least) => line.Trim() is var text && text.Length >= least && text.AsSpan().IndexOfAnyExcept(Encoded) < 0;

    private static ImmutableArray<string> LastDistinct(IEnumerable<string> lines)
    {
        HashSet<string> shapes = [];
        return
        [
            .. lines.Reverse().Where(l => shapes.Add(Shape(l))).Take(MaxLines).Reverse().Select(static l => BoundedText.Of(l, MaxLine)),
        ];
    }

    // Times, ids and counts make each line unique; the line without its digits is the same line.
    private static string Shape(string line)
    {
        StringBuilder shape = new(line.Length);
        foreach (char c in line.Where(static c => !char.IsAsciiDigit(c)))
        {
            shape.Append(c);
        }

        return shape.ToString();
    }

    [GeneratedRegex(
        @"\b(?:error|fatal|panic|exception|traceback|critical|failed|failure|cannot|can't|could not|couldn't|unable|denied|refused|forbidden|not found|no such|timed? ?out|out of memory|invalid|missing|undefined)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Error();
}
