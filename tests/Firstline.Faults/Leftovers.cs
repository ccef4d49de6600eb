namespace Firstline.Faults;

/// <summary>What is alive in the process when nothing runs.</summary>
/// <param name="LiveBytes">Managed bytes that are reachable.</param>
/// <param name="Timers">Timers that are set.</param>
/// <param name="Sockets">Open sockets; 0 where the system does not tell.</param>
internal sealed record Leftovers(long LiveBytes, long Timers, int Sockets)
{
    public static Leftovers Take()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return new Leftovers(GC.GetTotalMemory(forceFullCollection: true), Timer.ActiveCount, OpenSockets());
    }

    /// <summary>What has grown: one sentence each.</summary>
    /// <param name="before">An earlier look.</param>
    /// <param name="bytes">Growth of memory that is let pass.</param>
    /// <param name="few">Growth of numbers that is let pass: the runtime has some of its own.</param>
    public IEnumerable<string> Since(Leftovers before, long bytes, int few)
    {
        if (LiveBytes - before.LiveBytes > bytes)
        {
            yield return $"memory grew from {before.LiveBytes} to {LiveBytes} bytes";
        }

        if (Timers - before.Timers > few)
        {
            yield return $"timers grew from {before.Timers} to {Timers}";
        }

        if (Sockets - before.Sockets > few)
        {
            yield return $"sockets grew from {before.Sockets} to {Sockets}";
        }
    }

    private static int OpenSockets() => !OperatingSystem.IsLinux() ? 0 : Directory.EnumerateFileSystemEntries("/proc/self/fd")
        .Count(static fd => File.ResolveLinkTarget(fd, returnFinalTarget: false)?.Name.StartsWith("socket:", StringComparison.Ordinal) == true);
}
