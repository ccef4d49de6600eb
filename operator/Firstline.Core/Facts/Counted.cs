using System.Globalization;

namespace Firstline.Core.Facts;

/// <summary>A number with its noun.</summary>
public static class Counted
{
    /// <param name="count">How many.</param>
    /// <param name="one">The noun of one, such as <c>pod</c>.</param>
    /// <param name="many">The noun of any other number; by default with an s.</param>
    /// <returns>Such as <c>1 pod</c>, <c>0 pods</c>.</returns>
    public static string Of(int count, string one, string? many = null) => string.Create(CultureInfo.InvariantCulture, $"{count} {Noun(count, one, many)}");

    /// <summary>The noun alone, where something stands between it and the number.</summary>
    public static string Noun(int count, string one, string? many = null) => count == 1 ? one : many ?? one + "s";
}
