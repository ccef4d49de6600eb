namespace Firstline.Host.Metrics;

/// <summary>One measurement as an example of those in its bucket, with the trace that tells its story.</summary>
/// <param name="Trace">Id of the trace.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Time">When.</param>
internal sealed record Exemplar(string Trace, double Value, DateTimeOffset Time)
{
    /// <summary>Key of a tag that is no label: it names the trace of the measurement.</summary>
    public const string TraceId = "exemplar.trace_id";
}
