namespace Firstline.Core.Facts;

/// <summary>What a container is in its pod.</summary>
public enum ContainerRole
{
    /// <summary>From <c>spec.containers</c>.</summary>
    App,

    /// <summary>From <c>spec.initContainers</c>: must end before the pod's other containers start.</summary>
    Init,

    /// <summary>From <c>spec.initContainers</c> with <c>restartPolicy: Always</c>: runs as long as the pod, like an app container.</summary>
    Sidecar,
}
