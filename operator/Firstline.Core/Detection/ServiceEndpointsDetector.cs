using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds Services whose selector selects no pod of any workload.</summary>
/// <remarks>A Service whose workload has no ready pod is the workload's trouble and reported there; one without a selector gets its endpoints from elsewhere.</remarks>
public sealed class ServiceEndpointsDetector : IDetector
{
    /// <summary>How long a Service may be there before its pods.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public string Name => "ServiceEndpoints";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation is not { Exists: true, Service: { Selector.IsEmpty: false, Type: not "ExternalName", Deletion: null } service }
            || situation.Around.Endpoints.Any(static e => e.Ready + e.Unready > 0)
            || situation.Around.Workloads.Any(w => service.Selects(w.Declared.Labels)))
        {
            return DetectorReport.Nothing;
        }

        string selector = string.Join(",", service.Selector.Select(static s => $"{s.Key}={s.Value}"));
        return ContainerSearch.After(Name, situation, service.CreatedAt, Patience, now, $"the selector {selector} selects no pods, so that it has no endpoints");
    }
}
