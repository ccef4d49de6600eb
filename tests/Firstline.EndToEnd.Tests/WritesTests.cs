using System.Collections.Immutable;
using Firstline.Benchmarks;
using Firstline.Testing;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace Firstline.EndToEnd.Tests;

/// <summary>What an incident costs the API server.</summary>
/// <remarks>What passes within two seconds is written once (PassingStep). On this clock they are twenty, so that a busy machine costs no write; the cluster itself is 200 times as fast.</remarks>
public sealed class WritesTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int MostWrites = 12;

    private Loop? _loop;

    private Loop Loop => _loop!;

    public async Task InitializeAsync() => _loop = await Loop.StartAsync(new FastClock(0.1), speed: 200);

    public async Task DisposeAsync() => await _loop!.DisposeAsync();

    /// <summary>
    /// Counted is every request that may change an object, from the bad rollout until its incident is over and its request let go: the incident with its signals, diagnosis and stages, the
    /// request with its intents and results, and the change itself. Not counted are Events, the Lease, and the counts of runbooks, which are written every ten seconds however many incidents end.
    /// </summary>
    [Fact]
    public async Task An_incident_that_is_remedied_by_itself_costs_twelve_writes_at_most()
    {
        using RequestLog log = new(new Moments()) { Port = Loop.Server.Port };
        await Loop.ApplyAsync(QuietTests.Workload("web", "sim.firstline.dev/crash-when: \"image=*/web:2\""));
        await Loop.HealthyAsync("web");
        int before = log.All.Length;
        await Loop.SetImageAsync("web", "registry.example/web:2");
        await Loop.ResolvedAsync("web");
        await Loop.RequestAsync("web", "let go", static r => r.Status?.Outcome is not null && r.Metadata.Finalizers.IsEmpty);

        ImmutableArray<ServedRequest> writes = [.. log.All[before..].Where(static r => r.IsWrite && IsOfIncident(r))];
        output.WriteLine(string.Join('\n', writes.Select(static r => $"{r.Kind} {r.Name}")));
        writes.Count(static r => r.IsDone).Should().BeInRange(6, MostWrites);
    }

    private static bool IsOfIncident(ServedRequest request) =>
        !request.Resource.StartsWith("events", StringComparison.Ordinal) && !request.Resource.StartsWith("runbooks", StringComparison.Ordinal) && request.Resource != "leases";
}
