using System.Diagnostics.Metrics;
using System.Globalization;

namespace Firstline.Kube.Client;

/// <summary>client-go's REST client metrics.</summary>
internal static class ClientMetrics
{
    private static readonly Counter<long> Requests = KubeMeter.Instance.CreateCounter<long>(
        "rest_client_requests_total", description: "Number of HTTP requests, partitioned by status code, method, and host.");

    private static readonly Histogram<double> Duration = KubeMeter.Instance.CreateHistogram<double>(
        "rest_client_request_duration_seconds", "s", "Request latency in seconds, by verb and host; watches until their headers.", null, MetricBuckets.Request);

    private static readonly Counter<long> Retries = KubeMeter.Instance.CreateCounter<long>(
        "rest_client_request_retries_total", description: "Number of request retries, partitioned by verb and host.");

    public static void Answered(KubeRequest request, string host, int code, TimeSpan elapsed) =>
        Record(request, host, code.ToString(CultureInfo.InvariantCulture), elapsed);

    public static void Failed(KubeRequest request, string host, TimeSpan elapsed) => Record(request, host, "<error>", elapsed);

    public static void Retried(KubeRequest request, string host) =>
        Retries.Add(1, new KeyValuePair<string, object?>("verb", request.Method.Method), new KeyValuePair<string, object?>("host", host));

    private static void Record(KubeRequest request, string host, string code, TimeSpan elapsed)
    {
        Requests.Add(1, new("code", code), new("method", request.Method.Method), new("host", host));
        Duration.Record(elapsed.TotalSeconds, new("verb", request.Method.Method), new("host", host));
    }
}
