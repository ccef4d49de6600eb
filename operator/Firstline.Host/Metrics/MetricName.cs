using System.Diagnostics.Metrics;
using System.Text;

namespace Firstline.Host.Metrics;

/// <summary>Turns an instrument's name and unit into a Prometheus name: <c>dotnet.gc.pause.time</c> in <c>s</c> becomes <c>dotnet_gc_pause_time_seconds_total</c>.</summary>
internal static class MetricName
{
    public static string Of(Instrument instrument, MetricKind kind)
    {
        StringBuilder name = new(instrument.Name.Length + 16);
        foreach (char c in instrument.Name)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) || c == ':' ? c : '_');
        }

        Append(name, UnitSuffix(instrument.Unit), kind);
        Append(name, kind == MetricKind.Counter ? "_total" : "", kind);
        return name.ToString();
    }

    // A name that says its unit already, before or after _total, is left as it is.
    private static void Append(StringBuilder name, string suffix, MetricKind kind)
    {
        string text = name.ToString();
        bool said = suffix.Length == 0 || text.EndsWith(suffix, StringComparison.Ordinal)
            || (kind == MetricKind.Counter && text.EndsWith(suffix + "_total", StringComparison.Ordinal));
        if (!said)
        {
            name.Append(suffix);
        }
    }

    private static string UnitSuffix(string? unit) => unit switch
    {
        "s" => "_seconds",
        "By" => "_bytes",
        _ => "",
    };
}
