using System.Globalization;
using FluentAssertions;
using Firstline.DevServer.Simulation.Values;
using Xunit;

namespace Firstline.DevServer.Tests.Simulation.Values;

public class CronScheduleTests
{
    [Theory]
    [InlineData("every minute", "* * * * *", "2026-11-20T12:00:30Z", "2026-11-20T12:01:00Z")]
    [InlineData("every five minutes", "*/5 * * * *", "2026-11-20T12:03:00Z", "2026-11-20T12:05:00Z")]
    [InlineData("a minute that is now is over", "0 * * * *", "2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z")]
    [InlineData("hourly by name", "@hourly", "2026-11-20T12:30:00Z", "2026-11-20T13:00:00Z")]
    [InlineData("daily by name", "@daily", "2026-11-20T12:30:00Z", "2026-11-21T00:00:00Z")]
    [InlineData("weekly is Sunday", "@weekly", "2026-11-20T12:30:00Z", "2026-11-22T00:00:00Z")]
    [InlineData("a list", "15,45 * * * *", "2026-11-20T12:20:00Z", "2026-11-20T12:45:00Z")]
    [InlineData("a range with a step", "0 8-18/5 * * *", "2026-11-20T09:00:00Z", "2026-11-20T13:00:00Z")]
    [InlineData("a start with a step", "10/20 * * * *", "2026-11-20T12:11:00Z", "2026-11-20T12:30:00Z")]
    [InlineData("names of days", "0 0 * * MON-FRI", "2026-11-20T12:00:00Z", "2026-11-23T00:00:00Z")]
    [InlineData("Sunday as seven", "0 0 * * 7", "2026-11-20T12:00:00Z", "2026-11-22T00:00:00Z")]
    [InlineData("names of months", "0 0 1 jan *", "2026-11-20T12:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("either day when both are given", "0 0 25 * sat", "2026-11-20T12:00:00Z", "2026-11-21T00:00:00Z")]
    [InlineData("the last day of February in a leap year", "0 0 29 2 *", "2026-11-20T12:00:00Z", "2028-02-29T00:00:00Z")]
    public void Next_is_the_first_time_after(string form, string schedule, string after, string next)
    {
        CronSchedule.Parse(schedule)!.Next(At(after), TimeZoneInfo.Utc).Should().Be(At(next), form);
    }

    [Fact]
    public void Next_counts_in_the_time_zone()
    {
        TimeZoneInfo zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(2), null, null);
        CronSchedule.Parse("0 9 * * *")!.Next(At("2026-11-20T06:30:00Z"), zone).Should().Be(At("2026-11-20T07:00:00Z"));
    }

    [Fact]
    public void Next_of_a_day_that_never_comes_is_none()
    {
        CronSchedule.Parse("0 0 31 2 *")!.Next(At("2026-11-20T12:00:00Z"), TimeZoneInfo.Utc).Should().BeNull();
    }

    [Theory]
    [InlineData("four fields", "* * * *")]
    [InlineData("a minute that does not exist", "60 * * * *")]
    [InlineData("a range that goes back", "0 18-8 * * *")]
    [InlineData("a step of nothing", "*/0 * * * *")]
    [InlineData("an unknown name", "0 0 * * someday")]
    [InlineData("an unknown form", "@sometimes")]
    [InlineData("a month that does not exist", "0 0 1 13 *")]
    public void Parse_refuses_what_is_no_schedule(string form, string schedule)
    {
        CronSchedule.Parse(schedule).Should().BeNull(form);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
