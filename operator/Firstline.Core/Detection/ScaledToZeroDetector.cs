using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds workloads with zero replicas that a Service still leads to, with nothing else behind it.</summary>
/// <remarks>A workload that nothing leads to is switched off; this one is missed.</remarks>
public sealed class ScaledToZeroDetector : IDetector
{
    /// <summary>How long it may be so: who scales down often scales up again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public string Name => "ScaledToZero";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation is not { Exists: true, Workload: { DesiredPods: 0, Ref.Kind: "Deployment" or "StatefulSet" } workload })
        {
            return DetectorReport.Nothing;
        }

        ServiceFacts? service = situation.Around.Services.FirstOrDefault(s => s.Selects(workload.Declared.Labels) && situation.Around.ReadyEndpoints(s) == 0);
        DateTimeOffset since = workload.Conditions.Select(static c => c.Since).Append(workload.CreatedAt).Max() ?? workload.CreatedAt;
        return service is null ? DetectorReport.Nothing : ContainerSearch.After(
            Name, situation, since, Patience, now, $"it has 0 replicas, and Service {service.Ref.Name} leads to nothing else");
    }
}
