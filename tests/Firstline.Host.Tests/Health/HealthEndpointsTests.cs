using System.Net;
using Firstline.Host.Health;
using Firstline.Host.Http;
using Firstline.Host.Metrics;
using Firstline.Host.Options;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Firstline.Host.Tests.Health;

public sealed class HealthEndpointsTests
{
    [Fact]
    public async Task Readyz_names_each_check_and_what_is_missing()
    {
        string? problem = "2 of 9 informers have not listed yet";
        await using Listener listener = await StartAsync(
            new ReadinessCheck("leader", static () => null, static () => "this instance leads"), new ReadinessCheck("caches", () => problem));
        using HttpClient client = new() { BaseAddress = listener.Address };

        using HttpResponseMessage early = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
        problem = null;
        using HttpResponseMessage later = await client.GetAsync(new Uri("/readyz?verbose", UriKind.Relative));
        using HttpResponseMessage brief = await client.GetAsync(new Uri("/readyz", UriKind.Relative));

        early.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await early.Content.ReadAsStringAsync()).Should().Be(
            "[+] leader ok: this instance leads\n[-] caches failed: 2 of 9 informers have not listed yet\nnot ready\n");
        later.StatusCode.Should().Be(HttpStatusCode.OK);
        (await brief.Content.ReadAsStringAsync()).Should().Be("ready\n");
        (await later.Content.ReadAsStringAsync()).Should().Be("[+] leader ok: this instance leads\n[+] caches ok\nready\n");
    }

    [Fact]
    public async Task Healthz_is_fine_while_the_operator_is_not_ready()
    {
        await using Listener listener = await StartAsync(new ReadinessCheck("caches", static () => "no"));
        using HttpClient client = new() { BaseAddress = listener.Address };

        (await client.GetStringAsync("/healthz")).Should().Be("ok\n");
    }

    [Fact]
    public async Task Metrics_has_the_type_that_Prometheus_asks_for()
    {
        using ProcessMetrics process = new("1.2.3");
        await using Listener listener = await StartAsync();
        using HttpClient client = new() { BaseAddress = listener.Address };

        using HttpResponseMessage response = await client.GetAsync(new Uri("/metrics", UriKind.Relative));

        response.Content.Headers.ContentType!.ToString().Should().Be(MetricsExporter.ContentType);
        string text = await response.Content.ReadAsStringAsync();
        text.Should().Contain("firstline_build_info{version=\"1.2.3\"} 1\n").And.Contain("\nprocess_resident_memory_bytes ");
    }

    [Theory]
    [InlineData("Prometheus", "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2", true)]
    [InlineData("curl", "*/*", false)]
    [InlineData("who likes text best", "text/plain;q=0.9,application/openmetrics-text;version=1.0.0;q=0.5", false)]
    [InlineData("who takes another version alone", "application/openmetrics-text;version=9.9.9", false)]
    public async Task Metrics_come_in_the_format_that_is_liked_best(string who, string accept, bool asOpenMetrics)
    {
        await using Listener listener = await StartAsync();
        using HttpClient client = new() { BaseAddress = listener.Address };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", accept).Should().BeTrue();

        using HttpResponseMessage response = await client.GetAsync(new Uri("/metrics", UriKind.Relative));

        response.Content.Headers.ContentType!.ToString().Should().Be(asOpenMetrics ? MetricsExporter.OpenMetricsContentType : MetricsExporter.ContentType, who);
        (await response.Content.ReadAsStringAsync()).EndsWith("# EOF\n", StringComparison.Ordinal).Should().Be(asOpenMetrics, who);
    }

    private static Task<Listener> StartAsync(params ReadinessCheck[] checks) => Listener.StartAsync(
        new ListenerOptions(), new HealthEndpoints([.. checks], new MetricsExporter()).Routes, 0, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
}
