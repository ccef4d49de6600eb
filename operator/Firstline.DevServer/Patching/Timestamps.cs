using System.Globalization;

namespace Firstline.DevServer.Patching;

/// <summary>Times in the form of <c>metav1.Time</c>: UTC, whole seconds.</summary>
internal static class Timestamps
{
    /// <summary>What is left of a time once it has been stored.</summary>
    public static DateTimeOffset WholeSeconds(DateTimeOffset time) => time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerSecond));

    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
