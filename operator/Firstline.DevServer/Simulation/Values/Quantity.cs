using System.Globalization;

namespace Firstline.DevServer.Simulation.Values;

/// <summary>Resource quantities as Kubernetes writes them: <c>250m</c>, <c>0.5</c>, <c>64Mi</c>, <c>1G</c>, <c>1e9</c>.</summary>
internal static class Quantity
{
    private static readonly (string Suffix, decimal Factor)[] Suffixes =
    [
        ("Ki", 1024m), ("Mi", 1024m * 1024), ("Gi", 1024m * 1024 * 1024), ("Ti", 1024m * 1024 * 1024 * 1024), ("Pi", 1024m * 1024 * 1024 * 1024 * 1024),
        ("n", 0.000000001m), ("u", 0.000001m), ("m", 0.001m), ("k", 1_000m), ("M", 1_000_000m), ("G", 1_000_000_000m), ("T", 1_000_000_000_000m),
        ("P", 1_000_000_000_000_000m),
    ];

    /// <summary>The value in units (bytes, cores); null when the text is no quantity.</summary>
    public static decimal? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        decimal factor = 1;
        string digits = text;
        foreach ((string suffix, decimal by) in Suffixes)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal))
            {
                (factor, digits) = (by, text[..^suffix.Length]);
                break;
            }
        }

        return decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) ? value * factor : null;
    }
}
