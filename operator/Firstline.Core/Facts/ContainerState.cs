namespace Firstline.Core.Facts;

/// <summary>State of a container as its kubelet reports it.</summary>
public abstract record ContainerState
{
    private ContainerState()
    {
    }

    /// <summary>Not reported yet.</summary>
    public sealed record Unknown : ContainerState
    {
        /// <summary>The one value.</summary>
        public static readonly Unknown Instance = new();
    }

    /// <summary>Not running yet, or between two runs.</summary>
    /// <param name="Reason">Such as CrashLoopBackOff, ImagePullBackOff, CreateContainerConfigError, ContainerCreating.</param>
    /// <param name="Message">Sentence; empty when not set.</param>
    public sealed record Waiting(string Reason, string Message) : ContainerState;

    /// <summary>Running.</summary>
    /// <param name="StartedAt">Since when.</param>
    public sealed record Running(DateTimeOffset StartedAt) : ContainerState;

    /// <summary>Ended.</summary>
    /// <param name="Reason">Such as Error, OOMKilled, Completed.</param>
    /// <param name="ExitCode">Exit code; 137 for a kill, 139 for a segmentation fault.</param>
    /// <param name="Message">Sentence or termination message; empty when not set.</param>
    /// <param name="StartedAt">When it started; null when not reported.</param>
    /// <param name="FinishedAt">When it ended; null when not reported.</param>
    public sealed record Terminated(string Reason, int ExitCode, string Message, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt) : ContainerState;
}
