using System.Globalization;

namespace Firstline.Benchmarks.Kills;

/// <summary>The lease that the operators compete for: short, so that many takeovers fit into minutes, in client-go's proportions.</summary>
internal static class LeaseTimes
{
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(0.5);

    private static readonly TimeSpan RenewDeadline = TimeSpan.FromSeconds(2);

    /// <summary>For the standby to see a renewal, and to look at the lease and write it, which it does for the first time in its life: 20 to 70 ms where nothing else runs.</summary>
    private static readonly TimeSpan Requests = TimeSpan.FromSeconds(0.25);

    /// <summary>
    /// The longest time from the last renewal to the successor's first write of the lease. A leader dies after its last renewal, so that no takeover lasts longer from its death on.
    /// </summary>
    public static TimeSpan Bar => Duration + Requests;

    /// <summary>As options of the operator.</summary>
    public static string[] Options =>
    [
        "--leader-election", "on", "--lease-duration", Milliseconds(Duration), "--lease-renew-deadline", Milliseconds(RenewDeadline), "--lease-retry-period", Milliseconds(RetryPeriod),
    ];

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0}ms");
}
