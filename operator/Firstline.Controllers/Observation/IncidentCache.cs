using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;

namespace Firstline.Controllers.Observation;

/// <summary>The informer of Incidents, indexed by their target.</summary>
public sealed class IncidentCache
{
    private const string ByTarget = "target";

    /// <summary>Asks for the informer; it is shared with the other controllers.</summary>
    public IncidentCache(SharedInformers informers)
    {
        ArgumentNullException.ThrowIfNull(informers);
        Incidents = informers.Get(new ResourceQuery(Incident.Type), FirstlineJson.Incident);
        Incidents.AddIndex(ByTarget, static i => [Fingerprints.Of(TargetOf(i))]);
    }

    internal Informer<Incident> Incidents { get; }

    /// <summary>The incident's target with API version and namespace filled in; people may leave out both.</summary>
    internal static TargetRef TargetOf(Incident incident)
    {
        TargetRef target = RootFinder.WithApiVersion(incident.Spec.Target);
        bool isCluster = BuiltinTypes.Find(target.Kind) is { Scope: ResourceScope.Cluster };
        return target with { Namespace = isCluster ? null : target.Namespace ?? incident.Metadata.Namespace };
    }

    /// <summary>True until the incident is over.</summary>
    internal static bool IsOpen(Incident incident) =>
        incident.Metadata.DeletionTimestamp is null
        && incident.Status?.Conditions.Any(static c => c is { Type: ConditionTypes.Resolved, Status: ConditionStatus.True }) != true;

    /// <summary>Incidents on the target, open or over.</summary>
    internal ImmutableArray<Incident> On(TargetRef target) => Incidents.ByIndex(ByTarget, Fingerprints.Of(target));

    /// <summary>The open incident on the target, the oldest if there are several; null when there is none.</summary>
    internal Incident? OpenOn(TargetRef target) =>
        On(target).Where(IsOpen).OrderBy(static i => i.Metadata.CreationTimestamp).ThenBy(static i => i.Metadata.Name, StringComparer.Ordinal).FirstOrDefault();
}
