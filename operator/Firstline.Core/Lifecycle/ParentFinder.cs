using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Diagnosis;
using Firstline.Core.Facts;
using Firstline.Core.Gates;

namespace Firstline.Core.Lifecycle;

/// <summary>
/// Finds the incident that deals with the cause of another one. An incident is the child of another one in its namespace when the object that it holds to be at fault is that one's
/// target, or is being changed by that one's remediation; and of one in the operator's namespace when that object is of the cluster, such as a node. Where what is at fault has no incident of its own, as a ConfigMap that is missing or a quota that is used up, the
/// first of the incidents that are due to it is the parent of the others.
/// </summary>
/// <remarks>
/// Only the objects decide, so that a restart and another order of events lead to the same answer. A parent is diagnosed and does not itself blame
/// another object, and one with a remediation under way is nobody's child: there is no circle. What only a human reported, by hand, is the child of an incident
/// with the same target, or with the same object at fault, as that of the workload whose pod the human named; of two by hand the later is the child. It ends with
/// its parent, since no signal of its own can end it.
/// </remarks>
public static class ParentFinder
{
    /// <summary>How long a child may take to recover once its parent is over: a crash-looping container waits up to five minutes for its next start.</summary>
    /// <seealso href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy"/>
    public static readonly TimeSpan Recovery = TimeSpan.FromMinutes(5);

    /// <summary>The parent; null when the incident stands for a cause of its own.</summary>
    /// <param name="child">The incident.</param>
    /// <param name="incidents">The open incidents, and the one that is its parent already; those of other namespaces, but for the operator's on objects of the cluster, and the incident itself are passed over.</param>
    /// <param name="requests">The remediation requests that have not ended; others are passed over.</param>
    /// <param name="operatorNamespace">The operator's own namespace.</param>
    /// <param name="now">The time to judge at.</param>
    public static IncidentParent? ParentOf(Incident child, IEnumerable<Incident> incidents, ImmutableArray<RemediationRequest> requests, string operatorNamespace, DateTimeOffset now)
    {
        if (!IsDiagnosed(child))
        {
            return null;
        }

        Incident[] others =
        [
            .. incidents.Where(o => IsNear(o, child, operatorNamespace) && o.Metadata.Uid != child.Metadata.Uid && o.Metadata.DeletionTimestamp is null)
                .OrderBy(static o => o.Metadata.CreationTimestamp).ThenBy(static o => o.Metadata.Name, StringComparer.Ordinal),
        ];
        return First(others, child, o => FiringSignals.IsByHandOnly(child) ? WhyParentOfByHand(o, child) : WhyParent(o, child, requests), now)
            ?? First(others, child, o => WhyFirst(o, child, others), now);
    }

    // Whoever may write incidents in one namespace is not to take those of another one, nor those of the cluster, under his wing.
    private static bool IsNear(Incident other, Incident child, string operatorNamespace) =>
        (other.Metadata.Namespace == child.Metadata.Namespace || TargetScope.IsClusterScoped(other.Spec.Target.Kind))
        && TargetScope.WhyOutside(other.Spec.Target, other.Metadata.Namespace ?? "", operatorNamespace) is null;

    private static IncidentParent? First(Incident[] others, Incident child, Func<Incident, string?> whyParent, DateTimeOffset now) =>
        (from other in others
         let why = whyParent(other)
         where why is not null
         let until = RecoversUntil(other, child)
         where until is null || until > now
         select new IncidentParent(other, why, until)).FirstOrDefault();

    /// <summary>True when a change of <paramref name="other"/> may change whether it is this incident's parent.</summary>
    public static bool MayConcern(Incident other, Incident child) =>
        child.Status?.Parent?.Uid == other.Metadata.Uid
        || (!BlamesItself(child) && IsTarget(other, AtFault(child)))
        || (FiringSignals.IsByHandOnly(child) && SharesCause(other, child))
        || (DueTo(child) is { } due && (IsTarget(other, due) || IsDueTo(other, due)));

    private static string? WhyParent(Incident other, Incident child, ImmutableArray<RemediationRequest> requests)
    {
        TargetRef fault = AtFault(child);
        if (DueTo(child) is { } due && IsTarget(other, due) && IsDiagnosed(other) && BlamesItself(other))
        {
            return $"{due}, which is likely to be at fault, has an incident of its own";
        }

        return requests.FirstOrDefault(r => r.Spec.Incident.Uid == other.Metadata.Uid && !RemediationLifecycle.IsSettled(r) && Workloads.IsSame(r.Spec.Plan.Target, fault)) is { } request
            ? $"{fault}, which is likely to be at fault, is the target of {request.Metadata.Name}"
            : null;
    }

    // By what is written on the objects alone, so that of two incidents one is always the first. What has an incident of its own is dealt with there.
    private static string? WhyFirst(Incident other, Incident child, Incident[] others) =>
        DueTo(child) is { } due && IsDueTo(other, due) && IsDiagnosed(other)
        && (other.Metadata.CreationTimestamp, other.Metadata.Name).CompareTo((child.Metadata.CreationTimestamp, child.Metadata.Name)) < 0
        && !others.Any(o => IsTarget(o, due) && RecoversUntil(o, child) is null)
            ? $"both are due to {due}, and it came first"
            : null;

    private static bool IsDueTo(Incident incident, TargetRef due) => DueTo(incident) is { } own && Workloads.IsSame(own, due);

    // Not of what a human reported alone: that ends with its parent, and nothing of a workload's does.
    private static TargetRef? DueTo(Incident incident) =>
        FiringSignals.IsByHandOnly(incident) || Likeliest.OfRules(incident.Status) is not { } best ? null
        : best.DueTo ?? (best.Resource is { } fault && !IsTarget(incident, fault) ? fault : null);

    private static string? WhyParentOfByHand(Incident other, Incident byHand) =>
        IsDiagnosed(other) && SharesCause(other, byHand) && !WaitsFor(other, byHand) ? "it is about the same trouble" : null;

    private static bool SharesCause(Incident other, Incident byHand) =>
        Workloads.IsSame(AtFault(other), AtFault(byHand)) || IsTarget(other, TargetOf(byHand));

    // Either could be the other's parent: the one that blames the other's target waits, and the later of two by hand.
    private static bool WaitsFor(Incident other, Incident byHand) =>
        (!BlamesItself(other) && IsTarget(byHand, AtFault(other)))
        || (FiringSignals.IsByHandOnly(other) && (other.Metadata.CreationTimestamp, other.Metadata.Name).CompareTo((byHand.Metadata.CreationTimestamp, byHand.Metadata.Name)) > 0);

    // Null: the parent is open. An incident that is over becomes no parent any more, and one that never was has no time to give.
    private static DateTimeOffset? RecoversUntil(Incident parent, Incident child)
    {
        bool isOver = parent.Status?.Conditions.Any(static c => c is { Type: ConditionTypes.Resolved, Status: Api.Meta.ConditionStatus.True }) == true;
        bool isOwn = child.Status?.Parent?.Uid == parent.Metadata.Uid;
        return !isOver ? null
            : isOwn && FiringSignals.IsByHandOnly(child) ? DateTimeOffset.MaxValue
            : isOwn && parent.Status!.Clocks?.ResolvedAt is { } resolved ? resolved + Recovery
            : DateTimeOffset.MinValue;
    }

    private static TargetRef AtFault(Incident incident) => Likeliest.OfRules(incident.Status)?.Resource ?? incident.Spec.Target;

    private static bool BlamesItself(Incident incident) => IsTarget(incident, AtFault(incident));

    private static bool IsTarget(Incident incident, TargetRef target) => Workloads.IsSame(TargetOf(incident), target);

    private static TargetRef TargetOf(Incident incident) => TargetScope.IsClusterScoped(incident.Spec.Target.Kind)
        ? incident.Spec.Target with { Namespace = null }
        : incident.Spec.Target with { Namespace = incident.Spec.Target.Namespace ?? incident.Metadata.Namespace };

    private static bool IsDiagnosed(Incident incident) =>
        incident.Status?.Conditions.Any(static c => c.Type == ConditionTypes.Diagnosed && c.Status != Api.Meta.ConditionStatus.Unknown) == true;
}
