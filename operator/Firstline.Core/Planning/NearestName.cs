namespace Firstline.Core.Planning;

/// <summary>Finds what somebody who mistyped a name may have meant.</summary>
public static class NearestName
{
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
