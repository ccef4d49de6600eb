using System.Text;

namespace Firstline.Host.Metrics;

/// <summary>All series of one metric.</summary>
internal sealed class MetricFamily(string name, string help, MetricKind kind, double[] bounds)
{
    /// <summary>Label sets kept per metric; what comes after them is summed up in one series, so that no label can fill the memory.</summary>
    public const int MaxSeries = 1000;

    private const string Overflow = "overflow=\"true\"";
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);

    public string Name => name;

    public void Add(ReadOnlySpan<KeyValuePair<string, object?>> tags, double amount) => Measure(tags, amount, static (series, v) => series.Add(v));

    public void Set(ReadOnlySpan<KeyValuePair<string, object?>> tags, double value) => Measure(tags, value, static (series, v) => series.Set(v));

    public void Observe(ReadOnlySpan<KeyValuePair<string, object?>> tags, double value, Exemplar? exemplar)
    {
        string labels = MetricLabels.Of(tags);
        lock (_gate)
        {
            SeriesOf(labels).Observe(value, exemplar);
        }
    }

    public void Write(StringBuilder text, MetricsFormat format)
    {
        lock (_gate)
        {
            if (_series.Count == 0)
            {
                return;
            }

            string escaped = help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            escaped = format == MetricsFormat.OpenMetrics ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
            string family = format == MetricsFormat.OpenMetrics && kind == MetricKind.Counter && name.EndsWith("_total", StringComparison.Ordinal) ? name[..^"_total".Length] : name;
            text.Append("# HELP ").Append(family).Append(' ').Append(escaped).Append('\n');
            text.Append("# TYPE ").Append(family).Append(' ').Append(TypeName()).Append('\n');
            foreach (MetricSeries series in _series.Values)
            {
                WriteSeries(text, series, format);
            }
        }
    }

    private void Measure(ReadOnlySpan<KeyValuePair<string, object?>> tags, double value, Action<MetricSeries, double> measure)
    {
        string labels = MetricLabels.Of(tags);
        lock (_gate)
        {
            measure(SeriesOf(labels), value);
        }
    }

    private MetricSeries SeriesOf(string labels)
    {
        string key = _series.ContainsKey(labels) || _series.Count < MaxSeries ? labels : Overflow;
        if (!_series.TryGetValue(key, out MetricSeries? series))
        {
            series = new MetricSeries(key, bounds);
            _series.Add(key, series);
        }

        return series;
    }

    private void WriteSeries(StringBuilder text, MetricSeries series, MetricsFormat format)
    {
        if (kind == MetricKind.Histogram)
        {
            series.WriteHistogram(text, name, format);
        }
        else
        {
            series.WriteValue(text, name);
        }
    }

    private string TypeName() => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };
}
