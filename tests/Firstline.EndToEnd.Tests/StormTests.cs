using Firstline.Benchmarks.Storms;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace Firstline.EndToEnd.Tests;

/// <summary>A small storm; <c>Firstline.Benchmarks storm</c> is the whole one, 10,000 alerts over 200 causes within a minute.</summary>
public sealed class StormTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Many_alerts_over_few_causes_are_one_incident_per_cause_and_none_is_lost()
    {
        StormReport report = await StormCampaign.RunAsync(alerts: 100, causes: 5, TimeSpan.FromSeconds(1));
        output.WriteLine(report.ToText());

        report.Violations.Should().BeEmpty();
        report.Incidents.Should().Be(5);
    }
}
