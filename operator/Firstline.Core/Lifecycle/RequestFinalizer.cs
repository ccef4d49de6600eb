using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;

namespace Firstline.Core.Lifecycle;

/// <summary>
/// The finalizer of a request: on it before the first intent is stored, taken away when the end is recorded. A request that may begin at once is made with it; one
/// that waits has none.
/// </summary>
public static class RequestFinalizer
{
    /// <summary>The finalizers that a request is made with: its intent follows at once when all its gates were open for the plan.</summary>
    /// <param name="verdicts">What its gates said when it was planned.</param>
    public static ImmutableArray<string> OfNew(ImmutableArray<GateVerdict> verdicts) => GateChain.FirstObstacle(verdicts) is null ? [FinalizerNames.Remediation] : [];

    /// <summary>True when the request's deletion would wait for the operator.</summary>
    public static bool IsOn(RemediationRequest request) => request.Metadata.Finalizers.Contains(FinalizerNames.Remediation, StringComparer.Ordinal);

    /// <summary>True when it has to be set before this step. Once deletion was asked for it can't be set any more.</summary>
    public static bool IsNeededFor(RemediationRequest request, NextStep step) =>
        step is NextStep.RecordIntent { Direction: PlanDirection.Forward } or NextStep.Execute { Direction: PlanDirection.Forward }
        && !IsOn(request) && request.Metadata.DeletionTimestamp is null;

    /// <summary>True when it is on a request that waits and has nothing to hold: no intent is stored.</summary>
    public static bool IsIdleFor(RemediationRequest request, NextStep step) =>
        step is NextStep.Wait && IsOn(request) && request.Status is null or { Steps.IsEmpty: true };

    /// <summary>The finalizers with it.</summary>
    public static ImmutableArray<string> With(RemediationRequest request) => IsOn(request) ? request.Metadata.Finalizers : request.Metadata.Finalizers.Add(FinalizerNames.Remediation);

    /// <summary>The finalizers without it; those of others stay.</summary>
    public static ImmutableArray<string> Without(RemediationRequest request) => request.Metadata.Finalizers.RemoveAll(static f => f == FinalizerNames.Remediation);

    /// <summary>
    /// Whether a request that has ended may be let go: one that is being deleted only when its incident records how it ended, for the record is gone
    /// with it. An incident that is gone, over or going itself is not waited for, and no incident for longer than <see cref="RemediationDeletion.Limit"/>.
    /// </summary>
    /// <param name="request">The request, which has ended.</param>
    /// <param name="incident">Its incident; null when it is gone.</param>
    /// <param name="now">The time to judge at.</param>
    public static bool MayGo(RemediationRequest request, Incident? incident, DateTimeOffset now) =>
        request.Metadata.DeletionTimestamp is not { } asked
        || incident is not { Metadata.DeletionTimestamp: null }
        || incident.Status?.Conditions.Any(static c => c is { Type: ConditionTypes.Resolved, Status: ConditionStatus.True }) == true
        || incident.Status?.Remediations.Any(r => r.Name == request.Metadata.Name && r.Outcome == request.Status?.Outcome) == true
        || now >= asked + RemediationDeletion.Limit;
}
