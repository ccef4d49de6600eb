using System.Collections.Immutable;
using System.Globalization;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds Services whose targetPort is no port of the pods that they select.</summary>
/// <remarks>Ports of containers are information and need not be complete: a Service is only reported when every container declares its ports.</remarks>
public sealed class ServicePortDetector : IDetector
{
    /// <summary>How long a Service may be there before its workload follows.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Which targetPort of the Service the pods do not have, in one sentence; null when they have all or do not say.</summary>
    public static string? Mismatch(ServiceFacts service, PodDeclaration pods)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(pods);
        ImmutableArray<ContainerDeclaration> containers = [.. pods.Containers.Where(static c => !c.IsInit)];
        if (containers.IsEmpty || containers.Any(static c => c.Ports.IsEmpty))
        {
            return null;
        }

        ServicePort? wrong = service.Ports.FirstOrDefault(p => !containers.Any(c => c.Declares(Target(p))));
        return wrong is null ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"targetPort {Target(wrong)} of Service {service.Ref.Name} is not a port of its pods, whose containers declare port {string.Join(", ", containers.SelectMany(static c => c.Ports))}");
    }

    private static string Target(ServicePort port) => port.Target.Length > 0 ? port.Target : port.Port.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public string Name => "ServicePort";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation is not { Exists: true, Service: { Selector.IsEmpty: false, Deletion: null } service })
        {
            return DetectorReport.Nothing;
        }

        string? mismatch = situation.Around.Workloads.Where(static w => w.DesiredPods > 0).Select(static w => w.Declared)
            .Where(d => service.Selects(d.Labels)).Select(d => Mismatch(service, d)).FirstOrDefault(static m => m is not null);
        return mismatch is null ? DetectorReport.Nothing : ContainerSearch.After(Name, situation, service.CreatedAt, Patience, now, mismatch);
    }
}
