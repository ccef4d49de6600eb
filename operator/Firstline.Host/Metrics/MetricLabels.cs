using System.Text;

namespace Firstline.Host.Metrics;

/// <summary>Writes labels as Prometheus' text has them, sorted by name, so that the same labels are the same text.</summary>
internal static class MetricLabels
{
    /// <summary><c>code="200",verb="GET"</c>, without braces; empty without tags.</summary>
    public static string Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        KeyValuePair<string, object?>[] sorted = tags.ToArray();
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        StringBuilder text = new();
        foreach ((string key, object? value) in sorted)
        {
            if (key == Exemplar.TraceId)
            {
                continue;
            }

            text.Append(text.Length == 0 ? "" : ",");
            AppendName(text, key);
            text.Append("=\"");
            AppendValue(text, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "");
            text.Append('"');
        }

        return text.ToString();
    }

    private static void AppendName(StringBuilder text, string name)
    {
        foreach (char c in name)
        {
            text.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        }
    }

    private static void AppendValue(StringBuilder text, string value)
    {
        foreach (char c in value)
        {
            _ = c switch
            {
                '\\' => text.Append("\\\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append("\\n"),
                _ => text.Append(c),
            };
        }
    }
}
