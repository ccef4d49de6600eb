using System.Globalization;

namespace Firstline.Benchmarks.Kills;

/// <summary>The lease that the operators compete for, in client-go's proportions.</summary>
/// <param name="Duration">How long it holds.</param>
internal sealed record LeaseTimes(TimeSpan Duration)
{
    /// <summary>For the standby to see a renewal, and to look at the lease and write it, which it does for the first time in its life: 20 to 70 ms where nothing else runs.</summary>
    private static readonly TimeSpan Requests = TimeSpan.FromSeconds(0.25);

    /// <summary>So short that many takeovers fit into minutes; a busy machine does not renew it in time.</summary>
    public static LeaseTimes Short { get; } = new(TimeSpan.FromSeconds(3));

    /// <summary>For a machine that has other work beside.</summary>
    public static LeaseTimes Patient { get; } = new(TimeSpan.FromSeconds(9));

    /// <summary>
    /// The longest time from the last renewal to the successor's first write of the lease. A leader dies after its last renewal, so that no takeover lasts longer from its death on.
    /// </summary>
    public TimeSpan Bar => Duration + Requests;

    /// <summary>As options of the operator.</summary>
    public string[] Options =>
    [
        "--leader-election", "on", "--lease-duration", Milliseconds(Duration), "--lease-renew-deadline", Milliseconds(Duration * 2 / 3), "--lease-retry-period", Milliseconds(Duration / 6),
    ];

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0}ms");
}
