using System.Globalization;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Facts;

public sealed class CronScheduleTests
{
    // With an hour that does not exist on 29 March 2026, and one that comes twice on 25 October.
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    // schedule           after                   next, both UTC
    [InlineData("*/5 * * * *", "2026-11-20T12:01:30Z", "2026-11-20T12:05:00Z")]
    [InlineData("*/5 * * * *", "2026-11-20T12:05:00Z", "2026-11-20T12:10:00Z")]
    [InlineData("30 2 * * *", "2026-11-20T12:00:00Z", "2026-11-21T02:30:00Z")]
    [InlineData("0 9-17/4 * * mon-FRI", "2026-11-20T17:30:00Z", "2026-11-23T09:00:00Z")]
    [InlineData("0 0 29 feb *", "2026-03-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 13 * 5", "2026-11-14T00:00:00Z", "2026-11-20T00:00:00Z")]
    [InlineData("0 0 */2 * 1", "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z")]
    [InlineData("0 0 * * 7", "2026-11-20T00:00:00Z", "2026-11-22T00:00:00Z")]
    [InlineData("50/5 8 * * *", "2026-11-20T08:50:00Z", "2026-11-20T08:55:00Z")]
    [InlineData("@hourly", "2026-11-20T12:01:30Z", "2026-11-20T13:00:00Z")]
    [InlineData("0 0 31 2 *", "2026-11-20T12:01:30Z", null)]
    public void Next_is_the_first_time_after_a_moment(string schedule, string after, string? next) =>
        CronSchedule.Parse(schedule)!.Next(At(after), TimeZoneInfo.Utc).Should().Be(next is null ? null : At(next), schedule);

    [Theory]
    [InlineData("30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("30 2 * * *", "2026-11-20T12:00:00Z", "2026-11-21T01:30:00Z")]
    public void Next_is_in_the_time_zone(string schedule, string after, string next) => CronSchedule.Parse(schedule)!.Next(At(after), Berlin).Should().Be(At(next));

    [Theory]
    [InlineData("30 2 * * *", "2026-11-20T02:30:00Z", true)]
    [InlineData("30 2 * * *", "2026-11-20T02:30:10Z", false)]
    [InlineData("30 2 * * *", "2026-11-20T01:30:00Z", false)]
    public void Fits_is_true_of_moments_at_which_it_is_due(string schedule, string moment, bool fits) =>
        CronSchedule.Parse(schedule)!.Fits(At(moment), TimeZoneInfo.Utc).Should().Be(fits);

    [Theory]
    [InlineData("*/5 * * * *", true)]
    [InlineData("@hourly", true)]
    [InlineData("0 2 * * *", false)]
    [InlineData("0 * * * 1", false)]
    public void IsSameInAllZones_is_true_where_no_hour_and_no_day_is_named(string schedule, bool isSame) => CronSchedule.Parse(schedule)!.IsSameInAllZones.Should().Be(isSame);

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("* * * * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* 24 * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("5-1 * * * *")]
    [InlineData("1-2-3 * * * *")]
    [InlineData("*/5/2 * * * *")]
    [InlineData("x * * * *")]
    [InlineData("@every 1h")]
    [InlineData("TZ=UTC 0 0 * * *")]
    public void Parse_takes_nothing_else(string text) => CronSchedule.Parse(text).Should().BeNull();

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
