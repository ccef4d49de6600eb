using Firstline.Kube.Wire;

namespace Firstline.Kube.Leases;

/// <summary>
/// A lease as last read, and when its content last changed by our own monotonic clock: the holder's clock is never compared with ours.
/// </summary>
/// <param name="Lease">As the server holds it.</param>
/// <param name="SeenAt">Timestamp of our clock when this content was seen first.</param>
internal sealed record ObservedLease(Lease Lease, long SeenAt)
{
    public string Holder => Lease.Spec?.HolderIdentity ?? "";

    /// <summary>True when somebody holds it and, by our clock, may still believe so.</summary>
    public bool IsHeld(TimeProvider clock, TimeSpan fallback) => Left(clock, fallback) > TimeSpan.Zero;

    /// <summary>How long it is still held by our clock; zero or less when nobody holds it.</summary>
    public TimeSpan Left(TimeProvider clock, TimeSpan fallback)
    {
        TimeSpan duration = Lease.Spec?.LeaseDurationSeconds is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : fallback;
        return Holder.Length > 0 ? duration - clock.GetElapsedTime(SeenAt) : TimeSpan.Zero;
    }

    /// <summary>The lease as read now; unchanged content keeps the time when it was seen first.</summary>
    public ObservedLease Update(Lease now, long timestamp) => Lease.Spec == now.Spec ? this with { Lease = now } : new(now, timestamp);
}
