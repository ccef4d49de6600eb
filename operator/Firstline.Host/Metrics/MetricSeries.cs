using System.Globalization;
using System.Text;

namespace Firstline.Host.Metrics;

/// <summary>One set of labels of a metric and what was measured for it. Guarded by its family.</summary>
internal sealed class MetricSeries(string labels, double[] bounds)
{
    // One count per bound, and one for what is above them all; only a histogram uses them.
    private readonly long[] _counts = new long[bounds.Length + 1];

    private double _value;

    public void Add(double amount) => _value += amount;

    public void Set(double value) => _value = value;

    public void Observe(double value)
    {
        int at = Array.FindIndex(bounds, bound => value <= bound);
        _counts[at < 0 ? bounds.Length : at]++;
        _value += value;
    }

    public void WriteValue(StringBuilder text, string name) => Line(text, name, labels, Number(_value));

    public void WriteHistogram(StringBuilder text, string name)
    {
        long total = 0;
        for (int i = 0; i <= bounds.Length; i++)
        {
            total += _counts[i];
            string bound = i < bounds.Length ? Number(bounds[i]) : "+Inf";
            Line(text, name + "_bucket", $"{labels}{(labels.Length == 0 ? "" : ",")}le=\"{bound}\"", Number(total));
        }

        Line(text, name + "_sum", labels, Number(_value));
        Line(text, name + "_count", labels, Number(total));
    }

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
