using System.Globalization;
using System.Text;

namespace Firstline.Host.Metrics;

/// <summary>One set of labels of a metric and what was measured for it. Guarded by its family.</summary>
internal sealed class MetricSeries(string labels, double[] bounds)
{
    // One count per bound, and one for what is above them all; only a histogram uses them.
    private readonly long[] _counts = new long[bounds.Length + 1];

    // The newest of each bucket; made when the first one comes.
    private Exemplar?[]? _exemplars;
    private double _value;

    public void Add(double amount) => _value += amount;

    public void Set(double value) => _value = value;

    public void Observe(double value, Exemplar? exemplar)
    {
        int found = Array.FindIndex(bounds, bound => value <= bound);
        int at = found < 0 ? bounds.Length : found;
        _counts[at]++;
        _value += value;
        if (exemplar is not null)
        {
            _exemplars ??= new Exemplar?[bounds.Length + 1];
            _exemplars[at] = exemplar;
        }
    }

    public void WriteValue(StringBuilder text, string name) => Line(text, name, labels, Number(_value));

    public void WriteHistogram(StringBuilder text, string name, MetricsFormat format)
    {
        long total = 0;
        for (int i = 0; i <= bounds.Length; i++)
        {
            total += _counts[i];
            string bound = i < bounds.Length ? Number(bounds[i]) : "+Inf";
            Line(text, name + "_bucket", $"{labels}{(labels.Length == 0 ? "" : ",")}le=\"{bound}\"", Number(total) + (format == MetricsFormat.OpenMetrics ? Example(i) : ""));
        }

        Line(text, name + "_sum", labels, Number(_value));
        Line(text, name + "_count", labels, Number(total));
    }

    private string Example(int bucket) => _exemplars?[bucket] is { } e
        ? $" # {{trace_id=\"{e.Trace}\"}} {Number(e.Value)} {Number(e.Time.ToUnixTimeMilliseconds() / 1000.0)}"
        : "";

    private static void Line(StringBuilder text, string name, string labels, string value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(value).Append('\n');
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
