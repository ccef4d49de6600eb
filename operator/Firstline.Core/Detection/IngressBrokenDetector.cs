using System.Collections.Immutable;
using System.Globalization;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds Ingresses whose class, backend or TLS Secret does not exist.</summary>
/// <remarks>Each is named in the summary, the class first: without it no controller takes the Ingress at all. Of TLS Secrets nothing is said where Secrets are not observed.</remarks>
public sealed class IngressBrokenDetector : IDetector
{
    /// <summary>How long what an Ingress refers to may be on its way.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>What is missing: label of the taxonomy and a sentence.</summary>
    public static ImmutableArray<(string Cause, string What)> Faults(IngressFacts ingress, Surroundings around)
    {
        ArgumentNullException.ThrowIfNull(ingress);
        ArgumentNullException.ThrowIfNull(around);
        return
        [
            .. Class(ingress, around),
            .. from backend in ingress.Backends.DistinctBy(static b => (b.Service, b.Port))
               let service = around.Services.FirstOrDefault(s => s.Ref.Name == backend.Service)
               where service is null || !service.Ports.Any(p => p.Name == backend.Port || p.Port.ToString(CultureInfo.InvariantCulture) == backend.Port)
               select (Causes.IngressBackendMissing, service is null
                   ? $"backend Service {backend.Service} for path {backend.Path} does not exist"
                   : $"backend Service {backend.Service} has no port {backend.Port}"),
            .. from tls in ingress.Tls
               where around.Secrets is { } observed && observed.All(s => s.Ref.Name != tls.Secret)
               select (Causes.IngressTlsSecretMissing, $"TLS Secret {tls.Secret} does not exist"),
        ];
    }

    private static IEnumerable<(string Cause, string What)> Class(IngressFacts ingress, Surroundings around)
    {
        bool isKnown = !around.SeesCluster || (ingress.Class is { } name
            ? around.IngressClasses.Any(c => c.Name == name)
            : around.IngressClasses.Any(static c => c.IsDefault));
        if (!isKnown)
        {
            yield return (Causes.IngressClassMissing, ingress.Class is { } given
                ? $"IngressClass {given} does not exist"
                : "it sets no ingressClassName, and no IngressClass is the default");
        }
    }

    /// <inheritdoc/>
    public string Name => "IngressBroken";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        return situation is { Exists: true, Ingress: { } ingress } && Faults(ingress, situation.Around) is [{ } first, ..] faults
            ? ContainerSearch.After(Name, situation, ingress.CreatedAt, Patience, now, faults.Length == 1 ? first.What : $"{first.What}, and {faults.Length - 1} more")
            : DetectorReport.Nothing;
    }
}
