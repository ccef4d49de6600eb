using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Firstline.Host.Metrics;

/// <summary>The process metrics that Prometheus' own client libraries have, under their names.</summary>
internal sealed class ProcessMetrics : IDisposable
{
    private readonly Meter _meter = new("Firstline.Host.Process");

    public ProcessMetrics(string version)
    {
        double started = Started();
        _meter.CreateObservableGauge("process_resident_memory_bytes", static () => Environment.WorkingSet, "By", "Resident memory size in bytes.");
        _meter.CreateObservableCounter(
            "process_cpu_seconds_total", static () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Total user and system CPU time spent in seconds.");
        _meter.CreateObservableGauge(
            "process_start_time_seconds", () => started, "s", "Start time of the process since unix epoch in seconds.");
        _meter.CreateObservableGauge(
            "firstline_build_info", () => new Measurement<int>(1, new KeyValuePair<string, object?>("version", version)), null, "The version that runs; always 1.");
    }

    public void Dispose() => _meter.Dispose();

    private static double Started()
    {
        using Process self = Process.GetCurrentProcess();
        return new DateTimeOffset(self.StartTime).ToUnixTimeMilliseconds() / 1000.0;
    }
}
