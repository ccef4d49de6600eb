using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>A container in trouble.</summary>
/// <param name="Pod">Its pod.</param>
/// <param name="Container">The container.</param>
/// <param name="Sign">How it shows.</param>
internal sealed record FailingContainer(PodFacts Pod, ContainerFacts Container, FailureSign Sign)
{
    /// <summary>How the container ended last; null when it has not.</summary>
    public ContainerState.Terminated? LastEnd => Container.State as ContainerState.Terminated ?? Container.LastTermination;

    /// <summary>What the kubelet says while the container waits; empty otherwise.</summary>
    public string WaitingMessage => (Container.State as ContainerState.Waiting)?.Message ?? "";

    /// <summary>Topic under which the book of evidence keeps the container's state.</summary>
    public string Topic => $"container/{Pod.Ref.Name}/{Container.Name}";

    /// <summary>Topic under which the book of evidence keeps the container's log.</summary>
    public string LogTopic => $"log/{Pod.Ref.Name}/{Container.Name}";
}
