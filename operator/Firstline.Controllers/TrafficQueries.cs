namespace Firstline.Controllers;

/// <summary>How Prometheus is asked for the traffic of a workload: PromQL in which <c>$namespace</c>, <c>$pods</c> (a regular expression of pod names), <c>$range</c> and <c>$quantile</c> are filled in.</summary>
/// <param name="ErrorRatio">Share of requests that fail, in [0, 1].</param>
/// <param name="Latency">Latency in seconds at <c>$quantile</c>.</param>
public sealed record TrafficQueries(string ErrorRatio, string Latency)
{
    /// <summary>By the names of the Prometheus client libraries' examples: <c>http_requests_total</c> with a label <c>code</c>, and <c>http_request_duration_seconds</c>. Where no request ever failed there is no series of failures: that is a ratio of 0.</summary>
    public static readonly TrafficQueries Default = new(
        """(sum(rate(http_requests_total{namespace="$namespace",pod=~"$pods",code=~"5.."}[$range])) or 0 * sum(rate(http_requests_total{namespace="$namespace",pod=~"$pods"}[$range]))) / sum(rate(http_requests_total{namespace="$namespace",pod=~"$pods"}[$range]))""",
        """histogram_quantile($quantile, sum by (le) (rate(http_request_duration_seconds_bucket{namespace="$namespace",pod=~"$pods"}[$range])))""");
}
