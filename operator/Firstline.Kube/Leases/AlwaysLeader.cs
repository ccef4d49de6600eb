namespace Firstline.Kube.Leases;

/// <summary>For a process that is alone by construction: the demo, a test.</summary>
public sealed class AlwaysLeader : ILeadership
{
    public bool IsLeader => true;

    public TimeSpan EnsureLeader() => Timeout.InfiniteTimeSpan;
}
