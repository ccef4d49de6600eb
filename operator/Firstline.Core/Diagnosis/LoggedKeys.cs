using System.Buffers;
using System.Collections.Immutable;

namespace Firstline.Core.Diagnosis;

/// <summary>Leaves keys and certificates out of a log: they are logged over several lines, of which none alone shows what it is of, and the end of a log may begin within one.</summary>
internal static class LoggedKeys
{
    private const int LineOfKey = 48;   // PEM has 64 in a line, other tools 76
    private static readonly SearchValues<char> Encoded = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    /// <summary>The other lines, each with where it stands, from 0.</summary>
    public static IEnumerable<(int At, string Line)> Without(ImmutableArray<string> lines)
    {
        bool[] within = new bool[lines.Length];
        for (int at = 0; at < lines.Length; at++)
        {
            if (lines[at].Contains("-----BEGIN", StringComparison.Ordinal))
            {
                Mark(lines, within, at, +1);
            }
            else if (lines[at].Contains("-----END", StringComparison.Ordinal))
            {
                Mark(lines, within, at, -1);
            }
        }

        return lines.Index().Where(l => !within[l.Index] && !IsEncoded(l.Item, LineOfKey));
    }

    // The line with the mark, and the encoded ones next to it.
    private static void Mark(ImmutableArray<string> lines, bool[] within, int at, int step)
    {
        within[at] = true;
        for (int next = at + step; next >= 0 && next < lines.Length && IsEncoded(lines[next], 1); next += step)
        {
            within[next] = true;
        }
    }

    private static bool IsEncoded(string line, int least) => line.AsSpan().Trim() is var text && text.Length >= least && text.IndexOfAnyExcept(Encoded) < 0;
}
