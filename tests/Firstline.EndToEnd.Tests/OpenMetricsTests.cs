using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests;

/// <summary>The metrics as OpenMetrics, which Prometheus likes best, read by the real one: it refuses a scrape as a whole for one line that is wrong.</summary>
public sealed class OpenMetricsTests : LoopTest
{
    private const string Program = "/usr/bin/prometheus";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [SkippableFact]
    public async Task Prometheus_takes_the_metrics_as_OpenMetrics()
    {
        Skip.IfNot(File.Exists(Program), $"no {Program}: install Debian's prometheus to have the metrics read by it");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("firstline-prometheus-");
        string address = FreeAddress();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "prometheus.yml"),
            $$"""
            scrape_configs:
            - job_name: firstline
              scrape_interval: 1s
              static_configs: [{targets: ['{{Loop.Health.Authority}}']}]
            """);
        using Process prometheus = Process.Start(new ProcessStartInfo(
            Program, [$"--config.file={folder.FullName}/prometheus.yml", $"--storage.tsdb.path={folder.FullName}/data", $"--web.listen-address={address}", "--log.level=error"]))!;
        try
        {
            JsonNode target = await ScrapedAsync(new Uri($"http://{address}"));

            ((string?)target["health"], (string?)target["lastError"]).Should().Be(("up", ""));
        }
        finally
        {
            prometheus.Kill();
            await prometheus.WaitForExitAsync();
            folder.Delete(recursive: true);
        }

        using HttpClient http = new();
        http.DefaultRequestHeaders.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("application/openmetrics-text;version=1.0.0"));
        (await http.GetStringAsync(new Uri(Loop.Health, "/metrics"))).Should().EndWith("# EOF\n", "that is what Prometheus was given");
    }

    // Until the first scrape is over, the target's health is not known; before that, nobody listens.
    private static async Task<JsonNode> ScrapedAsync(Uri prometheus)
    {
        using HttpClient http = new() { BaseAddress = prometheus };
        using CancellationTokenSource stop = new(Limit);
        using PeriodicTimer again = new(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            await again.WaitForNextTickAsync(stop.Token);
            try
            {
                JsonNode answer = JsonNode.Parse(await http.GetStringAsync(new Uri("/api/v1/targets", UriKind.Relative), stop.Token))!;
                if (answer["data"]!["activeTargets"] is JsonArray { Count: 1 } targets && (string?)targets[0]!["health"] != "unknown")
                {
                    return targets[0]!;
                }
            }
            catch (HttpRequestException) when (!stop.IsCancellationRequested)
            {
                // It is still starting.
            }
        }
    }

    private static string FreeAddress()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        return $"127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
    }
}
