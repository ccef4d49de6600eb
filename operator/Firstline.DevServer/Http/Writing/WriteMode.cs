namespace Firstline.DevServer.Http.Writing;

/// <summary>Whether a write is kept.</summary>
internal enum WriteMode
{
    /// <summary>It is stored.</summary>
    Commit,

    /// <summary>Everything is done but the storing (<c>dryRun=All</c>).</summary>
    DryRun,
}
