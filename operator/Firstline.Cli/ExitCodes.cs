namespace Firstline.Cli;

/// <summary>What a pipeline reads.</summary>
internal static class ExitCodes
{
    /// <summary>All is well.</summary>
    public const int Success = 0;

    /// <summary>The command did its work, and what it looked at is not as it should be.</summary>
    public const int Failed = 1;

    /// <summary>The command could not do its work: wrong usage, no cluster, an unreadable file.</summary>
    public const int CannotRun = 2;

    /// <summary>Ended by Ctrl-C, as a shell reports it.</summary>
    public const int Interrupted = 130;
}
