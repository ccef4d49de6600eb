using System.Globalization;

namespace Firstline.DevServer.Tables;

/// <summary>Durations as kubectl prints ages: two figures at most, the second only where it matters (<c>3m20s</c>, <c>5h</c>, <c>2d3h</c>).</summary>
internal static class HumanDuration
{
    public const string Unknown = "<unknown>";

    public static string Since(DateTimeOffset? time, DateTimeOffset now) => time is { } past ? Format(now - past) : Unknown;

    public static string Format(TimeSpan duration)
    {
        long seconds = (long)duration.TotalSeconds;
        return duration.TotalSeconds switch
        {
            < -1 => "<invalid>",
            < 0 => "0s",
            < 120 => Text(seconds, "s"),
            < 600 => Text(seconds / 60, "m", seconds % 60, "s"),
            < 3 * 3600 => Text(seconds / 60, "m"),
            < 8 * 3600 => Text(seconds / 3600, "h", seconds / 60 % 60, "m"),
            < 48 * 3600 => Text(seconds / 3600, "h"),
            < 192 * 3600 => Text(seconds / 86400, "d", seconds / 3600 % 24, "h"),
            < 2L * 365 * 86400 => Text(seconds / 86400, "d"),
            < 8L * 365 * 86400 => Text(seconds / (365 * 86400), "y", seconds / 86400 % 365, "d"),
            _ => Text(seconds / (365 * 86400), "y"),
        };
    }

    private static string Text(long number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number}{unit}");

    private static string Text(long number, string unit, long rest, string restUnit) =>
        rest == 0 ? Text(number, unit) : Text(number, unit) + Text(rest, restUnit);
}
