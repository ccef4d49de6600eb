namespace Firstline.DevServer.Http.Writing;

/// <summary>What happens to the objects that a deleted object owns.</summary>
internal enum Propagation
{
    /// <summary>They go after it.</summary>
    Background,

    /// <summary>They go before it.</summary>
    Foreground,

    /// <summary>They stay.</summary>
    Orphan,
}
