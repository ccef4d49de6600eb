using System.Globalization;

namespace Firstline.Cli.Terminal;

/// <summary>Lengths of time as people read them.</summary>
internal static class Spans
{
    /// <summary><c>85 ms</c>, <c>2.4 s</c>, <c>1 m 05 s</c>, <c>3 h 20 m</c>.</summary>
    public static string Text(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, span.TotalMilliseconds):0} ms"),
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} m {span.Seconds:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes:00} m"),
    };
}
