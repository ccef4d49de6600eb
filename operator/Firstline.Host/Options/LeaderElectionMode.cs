namespace Firstline.Host.Options;

/// <summary>Whether this instance competes with others for the right to act.</summary>
public enum LeaderElectionMode
{
    /// <summary>It acts at once; right where only one instance ever runs.</summary>
    Off,

    /// <summary>It acts only while it holds the Lease.</summary>
    On,
}
