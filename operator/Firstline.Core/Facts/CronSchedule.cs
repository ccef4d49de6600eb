using System.Collections.Immutable;
using System.Globalization;

namespace Firstline.Core.Facts;

/// <summary>A CronJob's schedule: five fields with <c>*</c>, lists, ranges, steps and names, or a form such as <c>@hourly</c>.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax"/>
public sealed class CronSchedule
{
    private const int MaxYears = 5;   // 29 February comes within it

    private static readonly ImmutableArray<(string Form, string Fields)> Forms =
    [
        ("@yearly", "0 0 1 1 *"), ("@annually", "0 0 1 1 *"), ("@monthly", "0 0 1 * *"), ("@weekly", "0 0 * * 0"), ("@daily", "0 0 * * *"), ("@midnight", "0 0 * * *"),
        ("@hourly", "0 * * * *"),
    ];

    private static readonly ImmutableArray<string> MonthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly ImmutableArray<string> DayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    // A bit for each value.
    private readonly ulong _minutes, _hours, _days, _months, _weekdays;
    private readonly bool _isAnyDay, _isAnyWeekday;

    private CronSchedule(ulong minutes, ulong hours, ulong days, ulong months, ulong weekdays, bool isAnyDay, bool isAnyWeekday) =>
        (_minutes, _hours, _days, _months, _weekdays, _isAnyDay, _isAnyWeekday) = (minutes, hours, days, months, weekdays | (weekdays >> 7), isAnyDay, isAnyWeekday);

    /// <summary>True when it is due at the same moments in all time zones that differ by whole hours.</summary>
    public bool IsSameInAllZones => _hours == Bits(0, 23) && _isAnyDay && _isAnyWeekday && _months == Bits(1, 12);

    /// <summary>The schedule; null when the text is none, or of a form that says nothing of times of the day (<c>@every</c>).</summary>
    public static CronSchedule? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string fields = Forms.Where(f => f.Form == text.Trim()).Select(static f => f.Fields).FirstOrDefault() ?? text;
        return fields.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [{ } minute, { } hour, { } day, { } month, { } weekday]
            && Field(minute, 0, 59, []) is { } minutes && Field(hour, 0, 23, []) is { } hours && Field(day, 1, 31, []) is { } days
            && Field(month, 1, 12, MonthNames) is { } months && Field(weekday, 0, 7, DayNames) is { } weekdays
                ? new(minutes, hours, days, months, weekdays, day is "*" or "?", weekday is "*" or "?")
                : null;
    }

    /// <summary>True when it is due at the moment, in that time zone.</summary>
    public bool Fits(DateTimeOffset moment, TimeZoneInfo zone)
    {
        DateTime at = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
        return at.Second == 0 && FitsDay(at) && Has(_hours, at.Hour) && Has(_minutes, at.Minute);
    }

    /// <summary>The first time after the moment, in that time zone; null when there is none within five years.</summary>
    public DateTimeOffset? Next(DateTimeOffset moment, TimeZoneInfo zone)
    {
        DateTime local = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
        DateTime at = local.Date.AddHours(local.Hour).AddMinutes(local.Minute + 1), last = at.AddYears(MaxYears);
        while (at < last)
        {
            if (!FitsDay(at))
            {
                at = at.Date.AddDays(1);
            }
            else if (!Has(_hours, at.Hour))
            {
                at = at.Date.AddHours(at.Hour + 1);
            }
            else if (!Has(_minutes, at.Minute) || zone.IsInvalidTime(at))
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

    // Where both fields of days say something, a day has to fit one of them; else both.
    private bool FitsDay(DateTime day)
    {
        bool isDay = Has(_days, day.Day), isWeekday = Has(_weekdays, (int)day.DayOfWeek);
        return Has(_months, day.Month) && (_isAnyDay || _isAnyWeekday ? isDay && isWeekday : isDay || isWeekday);
    }

    private static bool Has(ulong bits, int value) => (bits & (1UL << value)) != 0;

    private static ulong Bits(int first, int last, int step = 1)
    {
        ulong bits = 0;
        for (int value = first; value <= last; value += step)
        {
            bits |= 1UL << value;
        }

        return bits;
    }

    private static ulong? Field(string text, int low, int high, ImmutableArray<string> names)
    {
        ulong bits = 0;
        foreach (string part in text.Split(','))
        {
            if (Part(part, low, high, names) is not { } found)
            {
                return null;
            }

            bits |= found;
        }

        return bits;
    }

    // *, 5, 1-5, */15, 10/5 (from 10 on), 8-18/2
    private static ulong? Part(string part, int low, int high, ImmutableArray<string> names)
    {
        string[] stepped = part.Split('/');
        int? step = stepped.Length == 1 ? 1 : stepped.Length == 2 ? Value(stepped[1], 1, []) : null;
        string[] range = stepped[0] is "*" or "?" ? [$"{low}", $"{high}"] : stepped[0].Split('-');
        int? first = Value(range[0], low, names);
        int? last = range.Length switch { 1 => stepped.Length == 2 ? high : first, 2 => Value(range[1], low, names), _ => null };
        return first >= low && last <= high && first <= last && step >= 1 ? Bits(first.Value, last.Value, step.Value) : null;
    }

    private static int? Value(string text, int low, ImmutableArray<string> names)
    {
        for (int at = 0; at < names.Length; at++)
        {
            if (names[at].Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return low + at;
            }
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
    }
}
