using Firstline.Benchmarks;
using Firstline.Benchmarks.Judging;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace Firstline.EndToEnd.Tests;

/// <summary>What an event of a pod costs, as far as no other load changes it; <c>make judge</c> counts bytes too, with up to 50,000 pods.</summary>
public sealed class JudgeTests(ITestOutputHelper output)
{
    [Fact]
    public async Task An_event_of_a_pod_costs_one_look_at_its_owner_in_a_cluster_of_any_size()
    {
        Report report = await JudgeBenchmark.RunAsync([1000, 3000]);
        output.WriteLine(report.ToText());

        Measure[] counts = [.. report.Measures.Where(static m => m.Unit.Length == 0)];
        counts.Should().HaveCount(6).And.OnlyContain(static m => m.Holds);
        counts.Where(static m => m.Name.Contains("judged", StringComparison.Ordinal)).Should().HaveCount(2).And.OnlyContain(static m => m.Value == 1);
    }
}
