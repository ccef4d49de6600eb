using System.Globalization;
using System.Text.RegularExpressions;

namespace Firstline.DevServer.Simulation.Values;

/// <summary>Durations as Go and Kubernetes write them: <c>500ms</c>, <c>20s</c>, <c>1m20s</c>, <c>2h</c>.</summary>
internal static partial class GoDuration
{
    /// <summary>The duration; null when the text is none.</summary>
    public static TimeSpan? Parse(string text)
    {
        Match match = Form().Match(text);
        if (!match.Success || text.Length == 0)
        {
            return null;
        }

        double Part(string name) =>
            match.Groups[name].Success ? double.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) : 0;
        return TimeSpan.FromSeconds((Part("h") * 3600) + (Part("m") * 60) + Part("s") + (Part("ms") / 1000));
    }

    /// <summary>Whole seconds as Go prints them: <c>10s</c>, <c>2m40s</c>, <c>1h0m0s</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        long seconds = (long)duration.TotalSeconds;
        (long hours, long minutes, long rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        return hours > 0 ? $"{hours}h{minutes}m{rest}s" : minutes > 0 ? $"{minutes}m{rest}s" : $"{rest}s";
    }

    [GeneratedRegex(@"^((?<h>\d+(\.\d+)?)h)?((?<m>\d+(\.\d+)?)m(?!s))?((?<s>\d+(\.\d+)?)s)?((?<ms>\d+(\.\d+)?)ms)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
