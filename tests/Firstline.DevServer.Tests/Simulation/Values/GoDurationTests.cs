using FluentAssertions;
using Firstline.DevServer.Simulation.Values;
using Xunit;

namespace Firstline.DevServer.Tests.Simulation.Values;

public class GoDurationTests
{
    [Theory]
    [InlineData("seconds", "20s", 20.0)]
    [InlineData("a fraction of a second", "1.5s", 1.5)]
    [InlineData("milliseconds", "500ms", 0.5)]
    [InlineData("minutes and seconds", "1m30s", 90.0)]
    [InlineData("hours", "2h", 7200.0)]
    public void Parse_reads_durations(string form, string text, double seconds)
    {
        GoDuration.Parse(text).Should().Be(TimeSpan.FromSeconds(seconds), form);
    }

    [Theory]
    [InlineData("empty", "")]
    [InlineData("no unit", "20")]
    [InlineData("an unknown unit", "20d")]
    [InlineData("units out of order", "20s1m")]
    public void Parse_refuses_what_is_no_duration(string form, string text)
    {
        GoDuration.Parse(text).Should().BeNull(form);
    }

    [Theory]
    [InlineData("the first back-off", 10, "10s")]
    [InlineData("a full minute keeps its seconds", 80, "1m20s")]
    [InlineData("the longest back-off", 300, "5m0s")]
    [InlineData("an hour", 3600, "1h0m0s")]
    public void Format_writes_as_the_kubelet_does(string form, int seconds, string text)
    {
        GoDuration.Format(TimeSpan.FromSeconds(seconds)).Should().Be(text, form);
    }
}
