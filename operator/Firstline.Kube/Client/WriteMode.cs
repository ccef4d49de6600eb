namespace Firstline.Kube.Client;

/// <summary>Whether a write is stored.</summary>
public enum WriteMode
{
    /// <summary>It is stored.</summary>
    Commit,

    /// <summary>The server does everything (admission, validation, defaulting) but store it.</summary>
    DryRun,
}
