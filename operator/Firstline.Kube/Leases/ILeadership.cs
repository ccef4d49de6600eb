namespace Firstline.Kube.Leases;

/// <summary>Whether this process may act. Asked before every mutation.</summary>
public interface ILeadership
{
    /// <summary>True while the lease is surely ours: held, and renewed within the renew deadline by this machine's monotonic clock.</summary>
    bool IsLeader { get; }

    /// <summary>The fence before a mutation.</summary>
    /// <exception cref="NotLeaderException">The lease is not ours now.</exception>
    void EnsureLeader();
}
