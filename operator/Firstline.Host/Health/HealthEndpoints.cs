using System.Collections.Immutable;
using System.Text;
using Firstline.Host.Http;
using Firstline.Host.Metrics;

namespace Firstline.Host.Health;

/// <summary><c>/healthz</c>: the process lives. <c>/readyz</c>: it can do its work, or which check fails. <c>/metrics</c>: Prometheus text.</summary>
internal sealed class HealthEndpoints(ImmutableArray<ReadinessCheck> checks, MetricsExporter metrics)
{
    public ImmutableArray<HttpRoute> Routes =>
    [
        new("GET", "/healthz", static context => context.AnswerAsync(StatusCodes.Status200OK, "ok\n")),
        new("GET", "/readyz", ReadyAsync),
        new("GET", "/metrics", context => context.AnswerAsync(StatusCodes.Status200OK, metrics.Scrape(), MetricsExporter.ContentType)),
    ];

    private Task ReadyAsync(HttpContext context)
    {
        StringBuilder text = new();
        bool ready = true;
        foreach (ReadinessCheck check in checks)
        {
            string? problem = check.Problem();
            ready &= problem is null;
            text.Append(problem is null ? $"[+] {check.Name} ok{Detail(check)}\n" : $"[-] {check.Name} failed: {problem}\n");
        }

        text.Append(ready ? "ready\n" : "not ready\n");
        return context.AnswerAsync(ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, text.ToString());
    }

    private static string Detail(ReadinessCheck check) => check.Detail?.Invoke() is { Length: > 0 } detail ? ": " + detail : "";
}
