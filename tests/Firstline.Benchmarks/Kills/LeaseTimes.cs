using System.Globalization;

namespace Firstline.Benchmarks.Kills;

/// <summary>The lease that the operators compete for: short, so that many takeovers fit into minutes, in client-go's proportions.</summary>
internal static class LeaseTimes
{
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    public static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(0.5);

    private static readonly TimeSpan RenewDeadline = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The longest time from a leader's death to its successor's first write of the lease: a renewal right before the death is seen after a retry
    /// period, and holds from then on for the lease's duration.
    /// </summary>
    public static TimeSpan Bar => Duration + RetryPeriod;

    /// <summary>As options of the operator.</summary>
    public static string[] Options =>
    [
        "--leader-election", "on", "--lease-duration", Milliseconds(Duration), "--lease-renew-deadline", Milliseconds(RenewDeadline), "--lease-retry-period", Milliseconds(RetryPeriod),
    ];

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0}ms");
}
