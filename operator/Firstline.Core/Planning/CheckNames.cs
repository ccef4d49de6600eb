using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Planning;

/// <summary>The names under which the readings of declared checks are looked for, and the checks recorded.</summary>
public static class CheckNames
{
    /// <summary>That of a query of Prometheus.</summary>
    public static string Of(MetricCheck check) => $"Metric/{check.Name}";

    /// <summary>That of a probe.</summary>
    public static string Of(ProbeCheck check) => $"Probe/{check.Name}";

    /// <summary>That of a Job.</summary>
    public static string Of(JobCheck check) => $"Job/{check.Name}";
}
