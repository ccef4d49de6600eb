namespace Firstline.Core.Facts;

/// <summary>What a container is in its pod.</summary>
public enum ContainerRole
{
    /// <summary>From <c>spec.containers</c>.</summary>
    App,

    /// <summary>From <c>spec.initContainers</c>.</summary>
    Init,
}
