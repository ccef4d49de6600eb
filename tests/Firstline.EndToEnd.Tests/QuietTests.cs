using Firstline.Benchmarks;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace Firstline.EndToEnd.Tests;

/// <summary>How often the operator asks the API server for the same.</summary>
public sealed class QuietTests(ITestOutputHelper output) : LoopTest
{
    // An object may be read before it is written, and once more where somebody else was first.
    private const int MostReads = 4;

    // A kind of which nothing was heard for as long is listed again (InformerOptions.IdleTimeout).
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(130);

    [Fact]
    public async Task A_request_that_waits_for_a_human_costs_no_requests()
    {
        await Loop.ApplyAsync(Workload("checkout", "sim.firstline.dev/oom-when: \"memory-limit<300Mi; after=2s\""));
        await Loop.WaitingAsync("checkout");
        using RequestLog log = new(new Moments()) { Port = Loop.Server.Port };
        DateTimeOffset begun = Loop.Now;

        // While it waits, other incidents come and go.
        foreach (string name in new[] { "web", "search" })
        {
            await Loop.ApplyAsync(Workload(name, $"sim.firstline.dev/crash-when: \"image=*/{name}:2\""));
            await Loop.HealthyAsync(name);
            await Loop.SetImageAsync(name, $"registry.example/{name}:2");
            await Loop.ResolvedAsync(name);
        }

        TimeSpan took = Loop.Now - begun;
        output.WriteLine($"{took.TotalSeconds:0} s: {string.Join(", ", log.All.GroupBy(static r => $"{r.Kind} {r.Name}").Select(static g => $"{g.Count()} {g.Key}"))}");
        took.Should().BeGreaterThan(TimeSpan.FromMinutes(1), "in a shorter time nothing could be seen to be asked for again and again");
        log.All.Should().Contain(static r => r.IsWrite && r.Resource == "deployments", "else it shows nothing of this server's requests").And.Contain(static r => !r.IsWrite);
        log.All.Where(static r => !r.IsWrite && r.Name.Length > 0).GroupBy(static r => $"{r.Resource}/{r.Name}").Should().NotContain(static read => read.Count() > MostReads);
        log.All.Where(static r => !r.IsWrite && r.Name.Length == 0 && r.Resource != "events").GroupBy(static r => r.Resource).Should().NotContain(list => list.Count() > 1 + (took / Silence));
        log.All.Should().NotContain(static r => r.Resource == "subjectaccessreviews", "nobody has approved anything");
    }

    internal static string Workload(string name, string play) =>
        $$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: {{{name}}}, namespace: shop}
        spec:
          replicas: 2
          selector: {matchLabels: {app: {{{name}}}}}
          template:
            metadata:
              labels: {app: {{{name}}}}
              annotations: {{{{play}}}}
            spec:
              containers: [{name: app, image: "registry.example/{{{name}}}:1", resources: {limits: {memory: 256Mi}}, readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 5}}]
        """;
}
