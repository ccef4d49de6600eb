using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Planning;

/// <summary>The times at which a change window is open, whatever clocks are put forward or back on the way.</summary>
/// <param name="Start">When it opens.</param>
/// <param name="End">When it closes.</param>
public sealed record WindowTimes(DateTimeOffset Start, DateTimeOffset End)
{
    // A day that is left out, as when a country changes sides of the date line, is bridged too.
    private const int DaysAhead = 9;
    private static readonly TimeSpan BeforeAnyGap = TimeSpan.FromHours(4);

    /// <summary>The openings from the day before <paramref name="now"/> to a week after it, in order.</summary>
    /// <exception cref="FormatException">The start or the end is no time of day.</exception>
    public static ImmutableArray<WindowTimes> Around(ChangeWindow window, TimeZoneInfo zone, DateTimeOffset now)
    {
        TimeOnly start = Parse(window.Start), end = Parse(window.End);
        DateOnly today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return
        [
            .. from day in Enumerable.Range(-1, DaysAhead + 1).Select(today.AddDays)
               where window.Days.IsEmpty || window.Days.Contains((Weekday)day.DayOfWeek)
               let opens = Instant(zone, day.ToDateTime(start))
               let closes = Instant(zone, day.AddDays(end <= start ? 1 : 0).ToDateTime(end))
               where opens < closes
               orderby opens
               select new WindowTimes(opens, closes),
        ];
    }

    /// <summary>True while it is open.</summary>
    public bool Holds(DateTimeOffset now) => Start <= now && now < End;

    // A time that there is twice means the first of both; one that there is not is as much later as the clocks were put forward.
    private static DateTimeOffset Instant(TimeZoneInfo zone, DateTime local)
    {
        TimeSpan offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.GetUtcOffset(zone.IsInvalidTime(local) ? local - BeforeAnyGap : local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private static TimeOnly Parse(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);
}
