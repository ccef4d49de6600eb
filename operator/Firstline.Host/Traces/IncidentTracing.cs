using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Firstline.Controllers.Observation;
using Firstline.Kube.Leases;

namespace Firstline.Host.Traces;

/// <summary>Tells how long each stage of an incident took, at the moment when it ended: as a measurement, and as a span where a collector is named.</summary>
/// <remarks>
/// What has ended follows from the objects before and after a change, so nothing is remembered here. The leader alone tells, so that nothing is told twice; a
/// stage that ends while no replica leads is not told.
/// </remarks>
internal sealed class IncidentTracing : IAsyncDisposable
{
    // From a second to a day: what people and clusters take.
    private static readonly InstrumentAdvice<double> Buckets = new() { HistogramBucketBoundaries = [1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 14400, 86400] };

    private readonly Meter _meter = new("Firstline.Host.Incidents");
    private readonly Histogram<double> _durations;
    private readonly ILeadership _leadership;
    private readonly TraceExporter? _exporter;

    public IncidentTracing(RemediationCaches caches, ILeadership leadership, Uri? collector, string version, TimeProvider clock, ILoggerFactory logs)
    {
        _leadership = leadership;
        _exporter = collector is null ? null : new TraceExporter(collector, version, clock, logs.CreateLogger<TraceExporter>());
        _durations = _meter.CreateHistogram(
            "firstline_incident_stage_duration_seconds", "s", "How long the stages of incidents took; the stage incident is the whole, from its begin to its end.", null, Buckets);
        caches.Incidents.AddHandler(c => Tell(c.Old, c.New, IncidentSpans.Of));
        caches.Requests.AddHandler(c => Tell(c.Old, c.New, IncidentSpans.Of));
    }

    public async ValueTask DisposeAsync()
    {
        if (_exporter is not null)
        {
            await _exporter.DisposeAsync();
        }

        _meter.Dispose();
    }

    // An object that is seen for the first time is a new one, of which nothing has ended, or an old one after a restart, which was told then.
    private void Tell<T>(T? before, T? after, Func<T, ImmutableArray<IncidentSpan>> spansOf)
        where T : class
    {
        if (before is null || after is null || !_leadership.IsLeader)
        {
            return;
        }

        HashSet<string> told = [.. spansOf(before).Select(static s => s.SpanId)];
        foreach (IncidentSpan span in spansOf(after).Where(s => !told.Contains(s.SpanId)))
        {
            _durations.Record((span.End - span.Start).TotalSeconds, new("stage", span.Name), new(Metrics.Exemplar.TraceId, span.TraceId));
            _exporter?.Add(span);
        }
    }
}
