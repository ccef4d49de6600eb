namespace Firstline.DevServer.Simulation.Client;

/// <summary>What controllers ask of a pod.</summary>
internal static class PodFacts
{
    public static bool IsReady(KubeObject pod) => pod.IsConditionTrue("Ready");

    public static bool IsFinished(KubeObject pod) => pod.Status.Text("phase") is "Succeeded" or "Failed";

    /// <summary>Counts as a replica: neither over nor going.</summary>
    public static bool IsActive(KubeObject pod) => !pod.IsDeleting && !IsFinished(pod);

    /// <summary>When the pod is (or will be) ready long enough; null while it is not ready.</summary>
    public static DateTimeOffset? AvailableAt(KubeObject pod, int minReadySeconds)
    {
        DateTimeOffset? since = IsReady(pod) ? pod.Condition("Ready").Instant("lastTransitionTime") : null;
        return since + TimeSpan.FromSeconds(minReadySeconds);
    }

    public static bool IsAvailable(KubeObject pod, int minReadySeconds, DateTimeOffset now) =>
        IsReady(pod) && (minReadySeconds == 0 || AvailableAt(pod, minReadySeconds) <= now);

    /// <summary>The wait until the next ready pod becomes available; null when none is on the way.</summary>
    public static TimeSpan? NextAvailable(IEnumerable<KubeObject> pods, int minReadySeconds, DateTimeOffset now)
    {
        if (minReadySeconds == 0)
        {
            return null;
        }

        DateTimeOffset? next = pods.Select(pod => AvailableAt(pod, minReadySeconds)).Where(at => at > now).Min();
        return next - now;
    }
}
