namespace Firstline.Kube.Leases;

/// <summary>Whether this process may act. Asked before every mutation.</summary>
public interface ILeadership
{
    /// <summary>True while the lease is surely ours: held, and renewed within the renew deadline by this machine's monotonic clock.</summary>
    bool IsLeader { get; }

    /// <summary>The fence before a mutation.</summary>
    /// <returns>
    /// How long from now the lease surely stays ours: the limit for <see cref="Client.WriteOptions.OnceWithin"/>, so that no retry behind the fence
    /// goes past it. <see cref="Timeout.InfiniteTimeSpan"/> for a process that is alone.
    /// </returns>
    /// <exception cref="NotLeaderException">The lease is not ours now.</exception>
    TimeSpan EnsureLeader();
}
