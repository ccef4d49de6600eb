namespace Firstline.Host.Options;

/// <summary>How fast another instance takes over; the times are client-go's defaults.</summary>
public sealed record LeaseOptions
{
    /// <summary>How long others leave the Lease alone after they saw it renewed last. Whole seconds: the Lease says it so.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the leader goes on without a successful renewal.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between two renewals; and the longest time between two looks at a Lease that can't be watched.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What is wrong with the three together, in one sentence; null when they fit.</summary>
    public string? Problem =>
        RenewDeadline >= Duration
            ? $"lease.renewDeadline ({SettingText.Of(RenewDeadline)}) must be shorter than lease.duration ({SettingText.Of(Duration)}), or two instances could act at once: shorten the one or lengthen the other"
        : RetryPeriod >= RenewDeadline
            ? $"lease.retryPeriod ({SettingText.Of(RetryPeriod)}) must be shorter than lease.renewDeadline ({SettingText.Of(RenewDeadline)}), or one late renewal would cost the lease: shorten the one or lengthen the other"
        : null;
}
