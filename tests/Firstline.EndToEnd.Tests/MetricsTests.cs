using System.Diagnostics;
using System.Text.RegularExpressions;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests;

/// <summary>The metrics of an operator at work, under the names that dashboards for Go operators look for.</summary>
public sealed partial class MetricsTests : LoopTest
{
    private const string Promtool = "/usr/bin/promtool";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly string[] Known =
    [
        "workqueue_depth gauge", "workqueue_adds_total counter", "workqueue_queue_duration_seconds histogram", "workqueue_work_duration_seconds histogram",
        "workqueue_unfinished_work_seconds gauge", "workqueue_longest_running_processor_seconds gauge",
        "controller_runtime_reconcile_total counter", "controller_runtime_reconcile_errors_total counter", "controller_runtime_terminal_reconcile_errors_total counter",
        "controller_runtime_reconcile_time_seconds histogram", "controller_runtime_active_workers gauge",
        "controller_runtime_max_concurrent_reconciles gauge", "rest_client_requests_total counter", "rest_client_request_duration_seconds histogram",
        "reflector_lists_total counter", "reflector_watches_total counter", "reflector_list_duration_seconds histogram", "reflector_events_total counter",
    ];

    [Fact]
    public async Task Metrics_have_the_names_and_types_of_client_go_and_controller_runtime()
    {
        string text = await ScrapeAsync();

        text.Split('\n').Where(static l => l.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(static l => l["# TYPE ".Length..]).Should().Contain(Known);
        text.Should().MatchRegex("""workqueue_adds_total\{name="[^"]+"\} [1-9]""").And.MatchRegex(Reconciled());
    }

    [SkippableFact]
    public async Task Metrics_are_clean_for_promtool()
    {
        Skip.IfNot(File.Exists(Promtool), $"no {Promtool}: install Debian's prometheus to check the metrics with it");
        string text = await ScrapeAsync();
        using Process promtool = Process.Start(new ProcessStartInfo(Promtool, ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await promtool.StandardInput.WriteAsync(text);
        promtool.StandardInput.Close();
        string said = await promtool.StandardOutput.ReadToEndAsync() + await promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync();

        said.Should().BeEmpty();
        promtool.ExitCode.Should().Be(0);
    }

    /// <summary>The metrics after the operator has reconciled something: a Deployment that is applied is looked at.</summary>
    private async Task<string> ScrapeAsync()
    {
        await Loop.ApplyAsync(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              replicas: 1
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: app, image: registry.example/web:1}]}
            """);
        await Loop.HealthyAsync("web");
        using HttpClient http = new();
        using CancellationTokenSource stop = new(Patience);
        using PeriodicTimer again = new(TimeSpan.FromMilliseconds(100));
        string text = "";
        while (!Reconciled().IsMatch(text))
        {
            await again.WaitForNextTickAsync(stop.Token);
            text = await http.GetStringAsync(new Uri(Loop.Health, "/metrics"), stop.Token);   // as a scraper does, again: nothing else tells that a reconcile was counted
        }

        return text;
    }

    [GeneratedRegex("""controller_runtime_reconcile_total\{controller="[^"]+",result="[a-z_]+"\} [1-9]""")]
    private static partial Regex Reconciled();
}
