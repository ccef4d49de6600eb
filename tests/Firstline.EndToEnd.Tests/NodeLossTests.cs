using Firstline.Benchmarks;
using Firstline.Benchmarks.Storms;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace Firstline.EndToEnd.Tests;

/// <summary>A small node is lost; <c>make nodeloss</c> loses one with 250 pods of 50 workloads.</summary>
public sealed class NodeLossTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_lost_node_is_one_incident_that_holds_the_troubles_of_its_workloads()
    {
        Report report = await NodeLossCampaign.RunAsync(pods: 12, workloads: 4);
        output.WriteLine($"{report.ToText()}\n{report.Details}");

        report.Measures.Where(static m => !m.Holds).Should().BeEmpty();
        report.Measures.Should().Contain(static m => m.Name == "signals that it holds" && m.Value >= 3);
    }
}
