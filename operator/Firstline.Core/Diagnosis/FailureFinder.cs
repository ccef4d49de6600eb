using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>Finds the containers that a diagnosis has to explain.</summary>
/// <remarks>Wider than the detectors: once there is an incident, a container that failed once already counts.</remarks>
internal static class FailureFinder
{
    /// <summary>Failing containers by pod name and container order, pods that are going away left out.</summary>
    public static ImmutableArray<FailingContainer> Find(Situation situation) =>
    [
        .. from pod in situation.WantedPods
           orderby pod.Ref.Name
           from container in pod.Containers
           let sign = SignOf(pod, container)
           where sign is not null
           select new FailingContainer(pod, container, sign.Value),
    ];

    private static FailureSign? SignOf(PodFacts pod, ContainerFacts container) => container.State switch
    {
        ContainerState.Waiting waiting => SignOf(container, waiting),
        ContainerState.Terminated { Reason: "OOMKilled" } => FailureSign.OomKill,
        ContainerState.Terminated { ExitCode: not 0 } => FailureSign.Crash,
        ContainerState.Running when container.Role == ContainerRole.Init => container.RestartCount > 0 ? FailureSign.Crash : FailureSign.Hang,
        ContainerState.Running run when container.LastTermination is { } last && IsRecent(last, run) => SignOf(last),
        ContainerState.Running when !container.Ready && pod.Condition("Ready") is { Status: ConditionStatus.False } => FailureSign.Unready,
        _ => null,
    };

    private static FailureSign? SignOf(ContainerFacts container, ContainerState.Waiting waiting) => waiting.Reason switch
    {
        "CrashLoopBackOff" => container.LastTermination is { } last ? SignOf(last) : FailureSign.Crash,
        "ErrImagePull" or "ImagePullBackOff" or "InvalidImageName" or "ErrImageNeverPull" or "ImageInspectError" or "RegistryUnavailable" => FailureSign.ImagePull,
        "CreateContainerConfigError" or "CreateContainerError" or "RunContainerError" => FailureSign.Creation,
        _ => null,
    };

    private static FailureSign SignOf(ContainerState.Terminated end) => end.Reason == "OOMKilled" ? FailureSign.OomKill : FailureSign.Crash;

    // A run that began within the longest back-off after a failed one belongs to the same trouble.
    private static bool IsRecent(ContainerState.Terminated last, ContainerState.Running run) =>
        (last.ExitCode != 0 || last.Reason == "OOMKilled") && (last.FinishedAt is not { } end || run.StartedAt - end < TimeSpan.FromMinutes(6));
}
