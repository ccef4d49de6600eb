using System.Collections.Concurrent;
using Firstline.Controllers.Diagnosis;
using Firstline.Controllers.Ports;
using Firstline.Core.Facts;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Diagnosis;

public sealed class TrafficReaderTests
{
    private static readonly TrafficQueries Queries = new("errors{n=\"$namespace\",p=~\"$pods\"}[$range]", "latency($quantile, {n=\"$namespace\",p=~\"$pods\"}[$range])");

    [Fact]
    public async Task It_asks_for_the_errors_of_now_and_before_and_for_three_quantiles()
    {
        Prometheus prometheus = new(static _ => new MetricAnswer.Samples([new("", 0.5)]));

        TrafficFacts? traffic = await new TrafficReader(prometheus, Queries, TimeProvider.System).ReadAsync(Of("web.v2"), CancellationToken.None);

        traffic!.ErrorRatio.Value.Should().Be(0.5);
        traffic.Latency.Should().HaveCount(3);
        prometheus.Asked.Should().BeEquivalentTo(
            """errors{n="shop",p=~"web\\.v2-[a-z0-9]{1,10}-[a-z0-9]{5}"}[15m]""", """errors{n="shop",p=~"web\\.v2-[a-z0-9]{1,10}-[a-z0-9]{5}"}[1d] offset 15m""", """latency(0.5, {n="shop",p=~"web\\.v2-[a-z0-9]{1,10}-[a-z0-9]{5}"}[15m])""",
            """latency(0.95, {n="shop",p=~"web\\.v2-[a-z0-9]{1,10}-[a-z0-9]{5}"}[15m])""", """latency(0.99, {n="shop",p=~"web\\.v2-[a-z0-9]{1,10}-[a-z0-9]{5}"}[15m])""");
    }

    [Theory]
    [InlineData("a name that would change the query", "web\"} or vector(1)", 1)]
    [InlineData("what is scaled to zero serves nothing", "web", 0)]
    public async Task It_asks_nothing_about(string what, string name, int pods)
    {
        Prometheus prometheus = new(static _ => new MetricAnswer.Samples([]));

        (await new TrafficReader(prometheus, Queries, TimeProvider.System).ReadAsync(Of(name, pods), CancellationToken.None)).Should().BeNull(what);

        prometheus.Asked.Should().BeEmpty(what);
    }

    [Fact]
    public async Task A_Prometheus_that_hangs_costs_a_diagnosis_two_seconds_and_its_numbers()
    {
        ManualTimeProvider clock = new();
        Prometheus prometheus = new(static _ => null);
        Task<TrafficFacts?> reading = new TrafficReader(prometheus, Queries, clock).ReadAsync(Of("web"), CancellationToken.None);

        clock.Advance(TrafficReader.Patience);

        (await reading)!.ErrorRatio.WhyNot.Should().Be("Prometheus did not answer within 2 s");
    }

    [Fact]
    public async Task A_stop_is_no_answer()
    {
        using CancellationTokenSource stop = new();
        Task<TrafficFacts?> reading = new TrafficReader(new Prometheus(static _ => null), Queries, TimeProvider.System).ReadAsync(Of("web"), stop.Token);

        await stop.CancelAsync();

        await FluentActions.Awaiting(() => reading).Should().ThrowAsync<OperationCanceledException>();
    }

    private static Situation Of(string name, int pods = 2)
    {
        WorkloadFacts workload = new() { Ref = new() { ApiVersion = "apps/v1", Kind = "Deployment", Namespace = "shop", Name = name }, DesiredPods = pods };
        return new() { Subject = workload.Ref, Workload = workload };
    }

    /// <summary>Answers, or hangs where there is no answer.</summary>
    private sealed class Prometheus(Func<string, MetricAnswer?> answer) : IMetricsSource
    {
        public ConcurrentBag<string> Asked { get; } = [];

        public async Task<MetricAnswer> QueryAsync(string query, CancellationToken cancellationToken)
        {
            Asked.Add(query);
            if (answer(query) is { } given)
            {
                return given;
            }

            TaskCompletionSource never = new();
            await never.Task.WaitAsync(cancellationToken);
            throw new InvalidOperationException("it never ends");
        }
    }
}
