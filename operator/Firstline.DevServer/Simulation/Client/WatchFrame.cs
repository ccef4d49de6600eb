namespace Firstline.DevServer.Simulation.Client;

/// <summary>One line of a watch.</summary>
internal abstract record WatchFrame
{
    private WatchFrame()
    {
    }

    /// <summary>ADDED or MODIFIED.</summary>
    public sealed record Present(KubeObject Object) : WatchFrame;

    /// <summary>DELETED.</summary>
    public sealed record Gone(KubeObject Object) : WatchFrame;

    /// <summary>BOOKMARK: nothing changed up to this resource version.</summary>
    public sealed record Bookmark(string ResourceVersion) : WatchFrame;
}
