using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;

namespace Firstline.Controllers.Observation;

/// <summary>The informer of Incidents, findable by target, by root of the target and by signal.</summary>
public sealed class IncidentCache
{
    private const string ByTarget = "target";
    private const string BySignal = "signal";
    private const string ByUnlistedSignal = "unlisted";
    private const string ByNamespaceOfPart = "part";
    private readonly RootFinder _roots;

    /// <summary>Asks for the informer; it is shared with the other controllers.</summary>
    /// <remarks>An incident on an object outside its namespace is found by nothing: it must not take signals of an object that is none of its author's business.</remarks>
    public IncidentCache(SharedInformers informers, RootFinder roots, OperatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(informers);
        ArgumentNullException.ThrowIfNull(options);
        _roots = roots;
        Incidents = informers.Get<Incident>(new ResourceQuery(Incident.Type), OwnProjections.ReadIncident);
        AddIndex(ByTarget, static i => [Fingerprints.Of(TargetOf(i))]);
        AddIndex(BySignal, static i => i.Status?.Signals.Select(static s => s.Fingerprint) ?? []);
        AddIndex(ByUnlistedSignal, UnlistedSignals.KeysOf);
        AddIndex(ByNamespaceOfPart, static i => TargetOf(i) is { Kind: "Pod" or "ReplicaSet" or "Job" } part ? [part.Namespace ?? ""] : []);

        void AddIndex(string name, Func<Incident, IEnumerable<string>> keys) => Incidents.AddIndex(name, i => WhyOutside(i, options) is null ? keys(i) : []);
    }

    internal Informer<Incident> Incidents { get; }

    /// <summary>The incident's target with API version and namespace filled in; people may leave out both.</summary>
    internal static TargetRef TargetOf(Incident incident)
    {
        TargetRef target = RootFinder.WithApiVersion(incident.Spec.Target);
        return target with { Namespace = TargetScope.IsClusterScoped(target.Kind) ? null : target.Namespace ?? incident.Metadata.Namespace };
    }

    /// <summary>Why the incident may not be about its target; null when it may.</summary>
    internal static string? WhyOutside(Incident incident, OperatorOptions options) =>
        TargetScope.WhyOutside(incident.Spec.Target, incident.Metadata.Namespace ?? "", options.Namespace);

    /// <summary>True until the incident is over.</summary>
    internal static bool IsOpen(Incident incident) =>
        incident.Metadata.DeletionTimestamp is null
        && incident.Status?.Conditions.Any(static c => c is { Type: ConditionTypes.Resolved, Status: ConditionStatus.True }) != true;

    /// <summary>True of an open incident that no other one deals with.</summary>
    internal static bool CountsForStorm(Incident? incident) => incident is { Status: null or { Parent: null } } && IsOpen(incident);

    /// <summary>Incidents on the target, open or over.</summary>
    internal ImmutableArray<Incident> On(TargetRef target) => Incidents.ByIndex(ByTarget, Fingerprints.Of(target));

    /// <summary>The open incident on the target, or on a pod, ReplicaSet or Job of it that a human named; the oldest if there are several, null when there is none.</summary>
    internal Incident? OpenOn(TargetRef target) => Oldest(On(target)) ?? Oldest(OnPartsOf(target));

    /// <summary>The open incident that holds the signal, the oldest if there are several; null when none does.</summary>
    internal Incident? OpenWith(string fingerprint) => Oldest(With(fingerprint));

    /// <summary>Incidents that hold the signal, open or over.</summary>
    internal ImmutableArray<Incident> With(string fingerprint) =>
        Incidents.ByIndex(BySignal, fingerprint) is { IsEmpty: false } listed ? listed : Incidents.ByIndex(ByUnlistedSignal, UnlistedSignals.KeyOf(fingerprint));

    // Who owns a part is asked anew each time: the owner may be seen later than the incident.
    private IEnumerable<Incident> OnPartsOf(TargetRef target)
    {
        string root = Fingerprints.Of(target);
        return Incidents.ByIndex(ByNamespaceOfPart, target.Namespace ?? "").Where(i => Fingerprints.Of(_roots.Find(TargetOf(i))) == root);
    }

    private static Incident? Oldest(IEnumerable<Incident> incidents) =>
        incidents.Where(IsOpen).OrderBy(static i => i.Metadata.CreationTimestamp).ThenBy(static i => i.Metadata.Name, StringComparer.Ordinal).FirstOrDefault();
}
