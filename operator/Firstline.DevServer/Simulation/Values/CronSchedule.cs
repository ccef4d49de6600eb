using System.Collections.Immutable;
using System.Globalization;

namespace Firstline.DevServer.Simulation.Values;

/// <summary>A CronJob's schedule: five fields with <c>*</c>, lists, ranges, steps and names, or a form such as <c>@hourly</c>.</summary>
internal sealed record CronSchedule
{
    private static readonly ImmutableDictionary<string, string> Forms = new Dictionary<string, string>
    {
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
        ["@monthly"] = "0 0 1 * *",
        ["@weekly"] = "0 0 * * 0",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@hourly"] = "0 * * * *",
    }.ToImmutableDictionary();

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private CronSchedule(IReadOnlyList<string> fields)
    {
        Minutes = Field(fields[0], 0, 59, []);
        Hours = Field(fields[1], 0, 23, []);
        DaysOfMonth = Field(fields[2], 1, 31, []);
        MonthsOfYear = Field(fields[3], 1, 12, Months);
        DaysOfWeek = [.. Field(fields[4], 0, 7, Days).Select(day => day % 7)];
        EitherDay = !IsAny(fields[2]) && !IsAny(fields[4]);
    }

    private ImmutableHashSet<int> Minutes { get; }

    private ImmutableHashSet<int> Hours { get; }

    private ImmutableHashSet<int> DaysOfMonth { get; }

    private ImmutableHashSet<int> MonthsOfYear { get; }

    private ImmutableHashSet<int> DaysOfWeek { get; }

    /// <summary>When both day fields are restricted, cron takes a day that fits one of them.</summary>
    private bool EitherDay { get; }

    /// <summary>The schedule; null when the text is none.</summary>
    public static CronSchedule? Parse(string text)
    {
        string[] fields = Forms.GetValueOrDefault(text.Trim(), text).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (fields.Length != 5)
        {
            return null;
        }

        try
        {
            return new CronSchedule(fields);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The first time after <paramref name="instant"/>, in that time zone; null when there is none within five years.</summary>
    public DateTimeOffset? Next(DateTimeOffset instant, TimeZoneInfo zone)
    {
        DateTime local = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        DateTime at = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0, DateTimeKind.Unspecified).AddMinutes(1);
        DateTime last = at.AddYears(5);
        while (at < last)
        {
            if (!FitsDay(at))
            {
                at = at.Date.AddDays(1);
            }
            else if (!Hours.Contains(at.Hour))
            {
                at = at.Date.AddHours(at.Hour + 1);
            }
            else if (!Minutes.Contains(at.Minute) || zone.IsInvalidTime(at))
            {
                at = at.AddMinutes(1);
            }
            else
            {
                return new DateTimeOffset(at, zone.GetUtcOffset(at)).ToUniversalTime();
            }
        }

        return null;
    }

    private bool FitsDay(DateTime day)
    {
        bool month = DaysOfMonth.Contains(day.Day);
        bool week = DaysOfWeek.Contains((int)day.DayOfWeek);
        return MonthsOfYear.Contains(day.Month) && (EitherDay ? month || week : month && week);
    }

    private static bool IsAny(string field) => field is "*" or "?" || field.StartsWith("*/", StringComparison.Ordinal);

    private static ImmutableHashSet<int> Field(string text, int low, int high, string[] names) =>
        [.. text.Split(',').SelectMany(part => Part(part, low, high, names))];

    private static IEnumerable<int> Part(string part, int low, int high, string[] names)
    {
        string[] stepped = part.Split('/');
        (int first, int end) = Bounds(stepped[0], low, high, names, openEnd: stepped.Length == 2);
        int step = stepped.Length == 2 ? Value(stepped[1], 0, []) : 1;
        return stepped.Length > 2 || first < low || end > high || first > end || step < 1
            ? throw new FormatException(part)
            : Enumerable.Range(first, end - first + 1).Where(value => (value - first) % step == 0);
    }

    /// <summary><c>*</c>, one value, or a range; with a step, one value means from there to the end.</summary>
    private static (int First, int End) Bounds(string text, int low, int high, string[] names, bool openEnd)
    {
        if (text is "*" or "?")
        {
            return (low, high);
        }

        string[] range = text.Split('-', 2);
        int first = Value(range[0], low, names);
        return (first, range.Length == 2 ? Value(range[1], low, names) : openEnd ? high : first);
    }

    private static int Value(string text, int low, string[] names)
    {
        int named = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return named >= 0 ? named + low : int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
