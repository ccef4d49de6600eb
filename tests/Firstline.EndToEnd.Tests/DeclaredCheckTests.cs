using System.Net;
using System.Net.Sockets;
using System.Text;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Development;
using Firstline.Core.Gates;
using Firstline.Host;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests;

/// <summary>The checks that a runbook declares, asked of a real Prometheus and of a destination of the configuration.</summary>
public sealed class DeclaredCheckTests
{
    private const string Program = "/usr/bin/prometheus";

    [SkippableFact]
    public async Task A_change_is_verified_by_a_real_Prometheus_and_a_probe_and_none_is_made_while_Prometheus_is_away()
    {
        Skip.IfNot(File.Exists(Program), $"no {Program}: install Debian's prometheus to have declared checks asked of it");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("firstline-checks-");
        await using Application shop = new();
        string config = await WrittenAsync(folder, "prometheus.yml", $$"""{scrape_configs: [{job_name: shop, scrape_interval: 1s, static_configs: [{targets: ['{{shop.Address.Authority}}']}]}]}""");
        string destinations = await WrittenAsync(folder, "destinations.yaml", $$"""{probes: [{name: shop, url: '{{shop.Address}}{namespace}/{name}'}]}""");
        await using Loop loop = await Loop.StartAsync(new FastClock(10), operators: Part.Off);
        await using (ListeningProgram prometheus = await ListeningProgram.StartAsync(Program, $"--config.file={config}", $"--storage.tsdb.path={folder.FullName}/data"))
        {
            await using FirstlineOperator running = await loop.OperatorAsync(o => o with { Prometheus = new() { Address = prometheus.Address }, DestinationsFile = destinations });
            await loop.ApplyAsync(Runbook);
            await BreakAsync(loop, "web");
            await loop.ApproveAsync(await loop.WaitingAsync("web"), "alice");

            RemediationRequest ended = await loop.RequestAsync("web", "ended", static r => r.Status?.Outcome is not null);
            ended.Status!.Outcome.Should().Be(RemediationOutcome.Succeeded, ended.Status.NextStep);
            ended.Status.Verification!.Checks.Select(static c => (c.Name, c.Holds, c.Message)).Should()
                .Contain([("Metric/errors", true, "Metric/errors: 0, at most 0.5"), ("Probe/home", true, "Probe/home: shop answered 204")]);
            shop.Probed.Should().Be("/shop/web");

            await prometheus.DisposeAsync();
            await BreakAsync(loop, "api");
            await loop.ApproveAsync(await loop.WaitingAsync("api"), "alice");
            RemediationRequest held = await loop.RequestAsync("api", "held up by the gate Verifier", static r => VerifierOf(r) is not null);
            VerifierOf(held)!.Message.Should().StartWith("metric errors of its verification is not answered").And.Contain("Prometheus: it can't be reached");
            held.Status!.Steps.Should().BeEmpty();
        }

        folder.Delete(recursive: true);
    }

    private const string Runbook =
        """
        apiVersion: firstline.dev/v1alpha1
        kind: Runbook
        metadata: {name: undo-measured, namespace: firstline-system}
        spec:
          description: takes the rollout back, and looks at the errors
          match: {causes: [BadRollout], kinds: [Deployment], labels: {measured: "yes"}}
          level: L2
          steps: [{name: undo, action: RolloutUndo}]
          verification:
            stableFor: 5s
            metrics: [{name: errors, query: 'shop_errors{for="{name}"}', max: "0.5"}]
            probes: [{name: home, destination: shop, status: 204}]
        """;

    private static async Task BreakAsync(Loop loop, string name)
    {
        await loop.ApplyAsync(
            $$$"""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: {{{name}}}, namespace: shop, labels: {measured: "yes"}}
            spec:
              replicas: 4
              selector: {matchLabels: {app: {{{name}}}}}
              template:
                metadata: {labels: {app: {{{name}}}}, annotations: {sim.firstline.dev/crash-when: "image=*:2"}}
                spec:
                  containers: [{name: app, image: registry.example/app:1, readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 5}}]
            """);
        await loop.HealthyAsync(name);
        await loop.SetImageAsync(name, "registry.example/app:2");
    }

    private static GateVerdict? VerifierOf(RemediationRequest request) => request.Status?.Gates.FirstOrDefault(static g => g is { Name: "Verifier", Reason: GateReasons.VerifierAway });

    private static async Task<string> WrittenAsync(DirectoryInfo folder, string name, string text)
    {
        string path = Path.Combine(folder.FullName, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }

    /// <summary>An application on loopback with metrics to scrape and a page to probe.</summary>
    private sealed class Application : IAsyncDisposable
    {
        private const string Metrics = "# TYPE shop_errors gauge\nshop_errors{for=\"web\"} 0\nshop_errors{for=\"api\"} 0\n";

        private readonly HttpListener _http = new();
        private readonly Task _serving;

        public Application()
        {
            using (TcpListener free = new(IPAddress.Loopback, 0))
            {
                free.Start();
                Address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
            }

            _http.Prefixes.Add(Address.ToString());
            _http.Start();
            _serving = ServeAsync();
        }

        public Uri Address { get; }

        public string? Probed { get; private set; }

        public async ValueTask DisposeAsync()
        {
            _http.Close();
            await _serving;
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    HttpListenerContext request = await _http.GetContextAsync();
                    await AnswerAsync(request);
                    request.Response.Close();
                }
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // It was closed.
            }
        }

        private async Task AnswerAsync(HttpListenerContext request)
        {
            if (request.Request.Url!.AbsolutePath == "/metrics")
            {
                request.Response.ContentType = "text/plain; version=0.0.4";
                await request.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Metrics));
                return;
            }

            Probed = request.Request.Url.AbsolutePath;
            request.Response.StatusCode = 204;
        }
    }
}
