namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>The kubelet's own times, divided by the speed of the simulation. What it writes into messages stays unscaled.</summary>
/// <param name="Speed">1 is a real kubelet.</param>
internal sealed record KubeletTiming(double Speed)
{
    public static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);

    /// <summary>A container that ran this long starts anew with the first back-off.</summary>
    public TimeSpan BackOffReset => Scale(2 * LongestBackOff);

    /// <summary>From the end of a container to the next look at it.</summary>
    public TimeSpan Sync => Scale(TimeSpan.FromSeconds(1));

    public TimeSpan Pull => Scale(TimeSpan.FromSeconds(1));

    /// <summary>From a start that its configuration forbade to the next try.</summary>
    public TimeSpan ConfigRetry => Scale(TimeSpan.FromSeconds(10));

    /// <summary>From SIGTERM to the end of a process that listens to it.</summary>
    public TimeSpan Stop => Scale(TimeSpan.FromSeconds(1));

    /// <summary>How long the process of an init container or of a Job runs.</summary>
    public TimeSpan Work => Scale(TimeSpan.FromSeconds(2));

    /// <summary>From the start of a process to its first answer to a probe.</summary>
    public TimeSpan FirstAnswer => Scale(TimeSpan.FromSeconds(1));

    public TimeSpan Scale(TimeSpan time) => time / Speed;

    /// <summary>The next crash or pull back-off after <paramref name="current"/>, unscaled; zero is none yet.</summary>
    public static TimeSpan NextBackOff(TimeSpan current) => current == TimeSpan.Zero
        ? FirstBackOff
        : TimeSpan.FromTicks(Math.Min(current.Ticks * 2, LongestBackOff.Ticks));
}
