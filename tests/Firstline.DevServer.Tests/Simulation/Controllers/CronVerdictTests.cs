using System.Globalization;
using FluentAssertions;
using Firstline.DevServer.Simulation.Controllers;
using Firstline.DevServer.Simulation.Values;
using Xunit;

namespace Firstline.DevServer.Tests.Simulation.Controllers;

public class CronVerdictTests
{
    [Theory]
    [InlineData("before the first time", "12:00:10", null, "12:01:00")]
    [InlineData("at the time", "12:01:00", "12:01:00", "12:02:00")]
    [InlineData("of several missed times the latest", "12:04:30", "12:04:00", "12:05:00")]
    public void Of_starts_what_is_due(string situation, string now, string? start, string next)
    {
        Of(now, null).Should().Be(new CronVerdict(start is null ? null : At(start), null, At(next)), situation);
    }

    [Fact]
    public void Of_does_not_start_what_is_too_late()
    {
        Of("12:01:30", TimeSpan.FromSeconds(20)).Should().Be(new CronVerdict(null, At("12:01:00"), At("12:02:00")));
    }

    [Fact]
    public void Of_skips_a_long_sleep_at_once()
    {
        CronVerdict verdict = CronVerdict.Of(CronSchedule.Parse("* * * * *")!, TimeZoneInfo.Utc, At("12:00:00").AddYears(-3), null, At("12:00:30"));
        verdict.Start.Should().Be(At("12:00:00"));
    }

    private static CronVerdict Of(string now, TimeSpan? deadline) =>
        CronVerdict.Of(CronSchedule.Parse("* * * * *")!, TimeZoneInfo.Utc, At("12:00:05"), deadline, At(now));

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse($"2026-11-20T{time}Z", CultureInfo.InvariantCulture);
}
