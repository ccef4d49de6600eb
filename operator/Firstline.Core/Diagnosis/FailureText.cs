namespace Firstline.Core.Diagnosis;

/// <summary>Says in a few words how a container fails.</summary>
internal static class FailureText
{
    /// <summary>Such as: exit code 1 in container app.</summary>
    public static string Of(FailingContainer failure) => failure.Sign switch
    {
        FailureSign.OomKill => $"container {failure.Container.Name} killed at its memory limit",
        FailureSign.ImagePull => $"image {failure.Container.Image} that cannot be pulled",
        FailureSign.Creation => $"container {failure.Container.Name} that cannot be created",
        FailureSign.Unready => $"container {failure.Container.Name} running but not ready",
        _ when failure.LastEnd is { } end => $"exit code {ContainerText.ExitCode(end.ExitCode)} of container {failure.Container.Name}",
        _ => $"container {failure.Container.Name} crashing",
    };
}
