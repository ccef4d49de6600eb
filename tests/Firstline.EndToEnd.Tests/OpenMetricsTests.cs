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
        string config = Path.Combine(folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(config,
            $$"""
            scrape_configs:
            - job_name: firstline
              scrape_interval: 1s
              static_configs: [{targets: ['{{Loop.Health.Authority}}']}]
            """);
        await using (ListeningProgram prometheus = await ListeningProgram.StartAsync(Program, $"--config.file={config}", $"--storage.tsdb.path={folder.FullName}/data"))
        {
            using HttpClient http = new() { BaseAddress = prometheus.Address };
            JsonNode target = await ScrapedAsync(http);
            JsonArray families = JsonNode.Parse(await http.GetStringAsync(new Uri("/api/v1/targets/metadata", UriKind.Relative)))!["data"]!.AsArray();

            ((string?)target["health"], (string?)target["lastError"]).Should().Be(("up", ""));
            string[] counters = [.. families.Where(static f => (string?)f!["type"] == "counter").Select(static f => (string)f!["metric"]!)];
            counters.Should().NotBeEmpty().And.NotContain(static name => name.EndsWith("_total", StringComparison.Ordinal), "in OpenMetrics a counter's name has no _total, in the older format it has");
        }

        folder.Delete(recursive: true);
    }

    // Until the first scrape is over, the target's health is not known, and on a busy machine one may take too long; what it can't read it never takes.
    private static async Task<JsonNode> ScrapedAsync(HttpClient http)
    {
        using CancellationTokenSource stop = new(Limit);
        using PeriodicTimer again = new(TimeSpan.FromMilliseconds(100));
        JsonNode? target = null;
        while ((string?)target?["health"] != "up" && !stop.IsCancellationRequested)
        {
            await again.WaitForNextTickAsync(CancellationToken.None);
            try
            {
                JsonNode answer = JsonNode.Parse(await http.GetStringAsync(new Uri("/api/v1/targets", UriKind.Relative)))!;
                target = answer["data"]!["activeTargets"] is JsonArray { Count: 1 } targets ? targets[0] : target;
            }
            catch (HttpRequestException) when (!stop.IsCancellationRequested)
            {
                // It is still starting.
            }
        }

        return target ?? throw new TimeoutException($"prometheus named no target of its own within {Limit.TotalSeconds} s");
    }
}
