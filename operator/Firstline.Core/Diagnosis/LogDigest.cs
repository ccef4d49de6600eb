using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>Picks the lines of a log that say why a process ended.</summary>
internal static partial class LogDigest
{
    /// <summary>Most groups of one log.</summary>
    public const int MaxGroups = 10;

    private const int MaxLine = 300;

    /// <summary>The lines that look like errors, alike ones as one, by when each came last; the last lines at all when none looks so. At most <see cref="MaxGroups"/>.</summary>
    public static ImmutableArray<LogGroup> Groups(ImmutableArray<string> lines)
    {
        ImmutableArray<(int At, string Line)> readable = [.. LoggedKeys.Without(lines).Where(static l => !string.IsNullOrWhiteSpace(l.Line))];
        ImmutableArray<LogGroup> errors = Grouped(readable.Where(static l => Error().IsMatch(l.Line)));
        return errors.IsEmpty ? Grouped(readable.TakeLast(3)) : errors;
    }

    /// <summary>The last telling line, without secrets; null for an empty log.</summary>
    public static string? LastError(LogFacts? log) =>
        log is null || Groups(log.Lines) is not [.., { } last] ? null : BoundedText.Of(last.Line, 200);

    private static ImmutableArray<LogGroup> Grouped(IEnumerable<(int At, string Line)> lines)
    {
        Dictionary<string, (string Line, int Count, int At)> groups = [];
        foreach ((int at, string line) in lines)
        {
            ref (string Line, int Count, int At) group = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, Shape(line), out _);
            group = (line, group.Count + 1, at);
        }

        return [.. groups.Values.OrderBy(static g => g.At).TakeLast(MaxGroups).Select(static g => new LogGroup(BoundedText.Of(g.Line, MaxLine), g.Count, g.At))];
    }

    // Times, ids, addresses and counts make each line unique: a word that holds a digit is taken for any such word.
    private static string Shape(string line)
    {
        StringBuilder shape = new(line.Length);
        int word = 0;   // where the present word begins
        for (int at = 0; at <= line.Length; at++)
        {
            if (at < line.Length && (char.IsLetterOrDigit(line[at]) || line[at] is '-' or '_' or '.' or ':'))
            {
                continue;
            }

            ReadOnlySpan<char> text = line.AsSpan(word, at - word);
            shape.Append(text.ContainsAnyInRange('0', '9') ? "#" : text);
            _ = at < line.Length ? shape.Append(line[at]) : shape;
            word = at + 1;
        }

        return shape.ToString();
    }

    [GeneratedRegex(
        @"\b(?:error|fatal|panic|exception|traceback|critical|failed|failure|cannot|can't|could not|couldn't|unable|denied|refused|forbidden|not found|no such|timed? ?out|out of memory|invalid|missing|undefined)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Error();
}
