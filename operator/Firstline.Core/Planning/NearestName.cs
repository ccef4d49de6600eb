namespace Firstline.Core.Planning;

/// <summary>Finds what somebody who mistyped a name may have meant.</summary>
public static class NearestName
{
    private const int LettersPerMistake = 3;

    /// <summary>The question to add to a complaint, <c>; did you mean X?</c>; empty when no name is near: one letter in three may be wrong, or one at all.</summary>
    public static string Question(string typed, IEnumerable<string> names)
    {
        string nearest = Of(typed, names);
        return Distance(typed.ToUpperInvariant(), nearest.ToUpperInvariant()) <= Math.Max(1, typed.Length / LettersPerMistake) ? $"; did you mean {nearest}?" : "";
    }

    /// <summary>The name with the fewest letters to insert, delete or replace; upper and lower case count as equal.</summary>
    public static string Of(string typed, IEnumerable<string> names) =>
        names.OrderBy(n => Distance(typed.ToUpperInvariant(), n.ToUpperInvariant())).ThenBy(static n => n, StringComparer.Ordinal).First();

    private static int Distance(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 1; i <= one.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[other.Length];
    }
}
