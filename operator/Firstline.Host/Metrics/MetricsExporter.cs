using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using System.Text;

namespace Firstline.Host.Metrics;

/// <summary>Collects what the instruments of .NET's meters measure, and writes it in Prometheus' text format 0.0.4 or as OpenMetrics.</summary>
/// <remarks>Listens to Firstline's own meters and to the runtime's; a measurement costs one dictionary look-up.</remarks>
internal sealed class MetricsExporter : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";
    public const string OpenMetricsContentType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    // Prometheus' own defaults, with two finer ones: most of what the operator does takes milliseconds.
    private static readonly double[] DefaultBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    // Of the runtime's own instruments those that tell why an operator is slow or large; the others' names are not what promtool asks for.
    private static readonly FrozenSet<string> RuntimeInstruments = FrozenSet.Create(
        "dotnet.exceptions", "dotnet.gc.collections", "dotnet.gc.heap.total_allocated", "dotnet.gc.last_collection.heap.size",
        "dotnet.gc.last_collection.memory.committed_size", "dotnet.gc.pause.time", "dotnet.jit.compilation.time");

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly Lock _scrape = new();

    public MetricsExporter()
    {
        _listener.InstrumentPublished = Subscribe;
        _listener.SetMeasurementEventCallback<int>(static (i, value, tags, state) => Record(i, value, tags, state));
        _listener.SetMeasurementEventCallback<long>(static (i, value, tags, state) => Record(i, value, tags, state));
        _listener.SetMeasurementEventCallback<double>(static (i, value, tags, state) => Record(i, value, tags, state));
        _listener.Start();
    }

    /// <summary>All metrics now, sorted by name.</summary>
    public string Scrape(MetricsFormat format = MetricsFormat.Text)
    {
        StringBuilder text = new();
        lock (_scrape)
        {
            _listener.RecordObservableInstruments();
            foreach (MetricFamily family in _families.Values.OrderBy(static f => f.Name, StringComparer.Ordinal))
            {
                family.Write(text, format);
            }
        }

        return text.Append(format == MetricsFormat.OpenMetrics ? "# EOF\n" : "").ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Subscribe(Instrument instrument, MeterListener listener)
    {
        bool isOurs = instrument.Meter.Name.StartsWith("Firstline.", StringComparison.Ordinal);
        if (!isOurs && !(instrument.Meter.Name == "System.Runtime" && RuntimeInstruments.Contains(instrument.Name)))
        {
            return;
        }

        MetricKind kind = KindOf(instrument);
        string name = MetricName.Of(instrument, kind);
        string help = string.IsNullOrEmpty(instrument.Description) ? $"Measured by {instrument.Meter.Name}." : instrument.Description;
        listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(name, _ => new MetricFamily(name, help, kind, BoundsOf(instrument))));
    }

    private static void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        MetricFamily family = (MetricFamily)state!;
        switch (instrument)
        {
            case Histogram<int> or Histogram<long> or Histogram<double>:
                family.Observe(tags, value, ExemplarOf(tags, value));
                break;
            case { IsObservable: true } or Gauge<int> or Gauge<long> or Gauge<double>:
                family.Set(tags, value);
                break;
            default:
                family.Add(tags, value);
                break;
        }
    }

    private static Exemplar? ExemplarOf(ReadOnlySpan<KeyValuePair<string, object?>> tags, double value)
    {
        foreach ((string key, object? tag) in tags)
        {
            if (key == Exemplar.TraceId && tag is string trace)
            {
                return new(trace, value, TimeProvider.System.GetUtcNow());
            }
        }

        return null;
    }

    private static MetricKind KindOf(Instrument instrument) => instrument switch
    {
        Histogram<int> or Histogram<long> or Histogram<double> => MetricKind.Histogram,
        Counter<int> or Counter<long> or Counter<double> => MetricKind.Counter,
        ObservableCounter<int> or ObservableCounter<long> or ObservableCounter<double> => MetricKind.Counter,
        _ => MetricKind.Gauge,
    };

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(static b => (double)b)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(static b => (double)b)],
        _ => DefaultBounds,
    };
}
