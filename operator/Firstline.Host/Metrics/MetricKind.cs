namespace Firstline.Host.Metrics;

/// <summary>Type of a metric in Prometheus' words.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}
