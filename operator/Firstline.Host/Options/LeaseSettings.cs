using System.Collections.Immutable;

namespace Firstline.Host.Options;

/// <summary>The options of the Lease.</summary>
internal static class LeaseSettings
{
    public static ImmutableArray<OperatorSetting> All { get; } =
    [
        new("lease-duration", "lease.duration", "duration", "How long other instances leave the Lease alone after they saw it renewed last; whole seconds.",
            static o => SettingText.Of(o.Lease.Duration), static (o, v) => o with { Lease = o.Lease with { Duration = SettingValue.WholeSeconds(v) } }),
        new("lease-renew-deadline", "lease.renewDeadline", "duration", "How long the leader goes on without a successful renewal; shorter than the duration.",
            static o => SettingText.Of(o.Lease.RenewDeadline), static (o, v) => o with { Lease = o.Lease with { RenewDeadline = SettingValue.Duration(v) } }),
        new("lease-retry-period", "lease.retryPeriod", "duration", "Time between two renewals of the Lease; shorter than the renew deadline.",
            static o => SettingText.Of(o.Lease.RetryPeriod), static (o, v) => o with { Lease = o.Lease with { RetryPeriod = SettingValue.PositiveDuration(v) } }),
    ];
}
