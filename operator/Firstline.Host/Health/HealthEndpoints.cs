using System.Collections.Immutable;
using System.Text;
using Firstline.Host.Http;
using Firstline.Host.Metrics;
using Microsoft.Net.Http.Headers;

namespace Firstline.Host.Health;

/// <summary><c>/healthz</c>: the process lives. <c>/readyz</c>: it can do its work, or which check fails. <c>/metrics</c>: Prometheus text.</summary>
internal sealed class HealthEndpoints(ImmutableArray<ReadinessCheck> checks, MetricsExporter metrics)
{
    public ImmutableArray<HttpRoute> Routes =>
    [
        new("GET", "/healthz", static context => context.AnswerAsync(StatusCodes.Status200OK, "ok\n")),
        new("GET", "/readyz", ReadyAsync),
        new("GET", "/metrics", MetricsAsync),
    ];

    // Prometheus names the formats that it takes, the one it likes best with the greatest q. Whoever names none gets the older one.
    private Task MetricsAsync(HttpContext context)
    {
        bool asOpenMetrics = context.Request.GetTypedHeaders().Accept.OrderByDescending(static a => a.Quality ?? 1)
            .FirstOrDefault(static a => IsOpenMetrics(a) || a.MediaType == "text/plain" || a.MediaType == "*/*") is { } best && IsOpenMetrics(best);
        return asOpenMetrics
            ? context.AnswerAsync(StatusCodes.Status200OK, metrics.Scrape(MetricsFormat.OpenMetrics), MetricsExporter.OpenMetricsContentType)
            : context.AnswerAsync(StatusCodes.Status200OK, metrics.Scrape(), MetricsExporter.ContentType);
    }

    private static bool IsOpenMetrics(MediaTypeHeaderValue accepted) => accepted.MediaType == "application/openmetrics-text"
        && accepted.Parameters.FirstOrDefault(static p => p.Name == "version")?.Value.Value is null or "1.0.0";

    // As the API server's own: what fails is always said, what holds on request or when something fails.
    private Task ReadyAsync(HttpContext context)
    {
        ImmutableArray<(ReadinessCheck Check, string? Problem)> found = [.. checks.Select(static c => (c, c.Problem()))];
        bool ready = found.All(static f => f.Problem is null);
        StringBuilder text = new();
        if (!ready || context.Request.Query.ContainsKey("verbose"))
        {
            foreach ((ReadinessCheck check, string? problem) in found)
            {
                text.Append(problem is null ? $"[+] {check.Name} ok{Detail(check)}\n" : $"[-] {check.Name} failed: {problem}\n");
            }
        }

        text.Append(ready ? "ready\n" : "not ready\n");
        return context.AnswerAsync(ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, text.ToString());
    }

    private static string Detail(ReadinessCheck check) => check.Detail?.Invoke() is { Length: > 0 } detail ? ": " + detail : "";
}
