namespace Firstline.Core.Facts;

/// <summary>What is read of a container's probe.</summary>
/// <param name="InitialDelay"><c>initialDelaySeconds</c>.</param>
/// <param name="Period"><c>periodSeconds</c>; the API server fills in 10 s.</param>
/// <param name="FailureThreshold"><c>failureThreshold</c>; the API server fills in 3.</param>
public sealed record ProbeFacts(TimeSpan InitialDelay, TimeSpan Period, int FailureThreshold)
{
    /// <summary>How long the probe may fail from the container's start before its kubelet draws the consequence.</summary>
    public TimeSpan Budget => InitialDelay + (Period * FailureThreshold);
}
