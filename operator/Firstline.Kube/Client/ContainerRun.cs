namespace Firstline.Kube.Client;

/// <summary>Which run of a container a log is of.</summary>
public enum ContainerRun
{
    Current,

    /// <summary>The one that ended before; what a crash left behind.</summary>
    Previous,
}
