using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>Says what metrics tell of the requests that a target serves.</summary>
internal static class TrafficText
{
    /// <summary>Lines of the first page: what has a number.</summary>
    public static IEnumerable<string> Lines(TrafficFacts? traffic)
    {
        if (traffic?.ErrorRatio.Value is { } now)
        {
            string before = traffic.BaselineErrorRatio.Value is { } baseline ? $"; {Percent(baseline)} over the day before{Times(now, baseline)}" : "; of the day before nothing is known";
            yield return $"{Percent(now)} of requests failed in the last {TrafficFacts.Window}{before}";
        }

        if (traffic is not null && Latencies(traffic) is { Length: > 0 } latencies)
        {
            yield return $"latency in the last {TrafficFacts.Window}: {latencies}";
        }
    }

    /// <summary>Why something of it is not known; null where all of it is.</summary>
    public static string? Unknown(Situation situation) => situation switch
    {
        { Workload: null or { DesiredPods: 0 } } => null,
        { Traffic: null } => "error rate and latency: they were not asked for",
        { Traffic: { } traffic } => traffic.Latency.Prepend(traffic.ErrorRatio).Select(static r => r.WhyNot).FirstOrDefault(static w => w is not null) is { } why ? $"error rate and latency: {why}" : null,
    };

    /// <summary>The numbers as evidence, each with its query.</summary>
    public static IEnumerable<Observation> Observations(TrafficFacts? traffic, DateTimeOffset now)
    {
        if (traffic is null)
        {
            yield break;
        }

        DateTimeOffset begin = now - TrafficFacts.WindowLength;
        (TrafficReading Reading, string Name, DateTimeOffset Since, DateTimeOffset Until)[] all =
        [
            (traffic.ErrorRatio, "error ratio", begin, now), (traffic.BaselineErrorRatio, "error ratio before", begin - TrafficFacts.BaselineLength, begin),
            .. traffic.Latency.Zip(TrafficFacts.Quantiles, (reading, quantile) => (reading, string.Create(CultureInfo.InvariantCulture, $"latency p{quantile * 100:0}"), begin, now)),
        ];
        foreach ((TrafficReading reading, string name, DateTimeOffset since, DateTimeOffset until) in all)
        {
            if (reading.Value is { } value)
            {
                yield return new($"metric/{name}", EvidenceKind.Metric, $"Prometheus {name}", until, string.Create(CultureInfo.InvariantCulture, $"{name}: {value:0.######}")) { Query = reading.Query, Since = since };
            }
        }
    }

    private static string Latencies(TrafficFacts traffic) => string.Join(
        ", ",
        traffic.Latency.Zip(TrafficFacts.Quantiles, static (reading, quantile) => (reading.Value, quantile)).Where(static l => l.Value is not null)
            .Select(static l => string.Create(CultureInfo.InvariantCulture, $"p{l.quantile * 100:0} {Seconds(l.Value!.Value)}")));

    private static string Seconds(double seconds) =>
        seconds < 1 ? string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0} ms") : string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");

    private static string Percent(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio * 100:0.##} %");

    private static string Times(double now, double before) => before > 0 && now >= 2 * before ? string.Create(CultureInfo.InvariantCulture, $" ({now / before:0} times as many)") : "";
}
