namespace Firstline.Kube.Client;

/// <summary>What becomes of the objects that a deleted object owns.</summary>
public enum DeletionPropagation
{
    /// <summary>They stay.</summary>
    Orphan,

    /// <summary>They go after it.</summary>
    Background,

    /// <summary>They go before it.</summary>
    Foreground,
}
