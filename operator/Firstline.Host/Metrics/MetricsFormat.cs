namespace Firstline.Host.Metrics;

/// <summary>How metrics are written.</summary>
internal enum MetricsFormat
{
    /// <summary>Prometheus' text format 0.0.4.</summary>
    Text,

    /// <summary>OpenMetrics 1.0.0, which carries exemplars.</summary>
    OpenMetrics,
}
