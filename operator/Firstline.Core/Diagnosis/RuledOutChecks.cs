using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis.Changes;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>What a careful engineer crosses off first: causes of a workload's trouble that what was observed speaks against.</summary>
/// <remarks>A check says nothing where it has not seen all that it speaks of, and nothing is ruled out that a hypothesis names.</remarks>
internal static class RuledOutChecks
{
    private const int MaxWhy = 512;

    private static readonly ImmutableArray<(ImmutableArray<string> Causes, Func<DiagnosisCase, string?> Why)> All =
    [
        ([Causes.BadRollout], NoRollout),
        ([Causes.MisconfiguredAppConfig], NoConfigChange),
        ([Causes.MissingConfigMap, Causes.MissingSecret, Causes.MissingConfigKey], AllCreated),
        ([Causes.ImagePullError], AllPulled),
        ([Causes.OomKilled], NoKillAtTheLimit),
        ([Causes.SchedulingResources, Causes.SchedulingTaint, Causes.SchedulingNodeSelector, Causes.SchedulingAffinity], AllPlaced),
        ([Causes.NodeNotReady, Causes.NodePressureMemory, Causes.NodePressureDisk], NodesWell),
        ([Causes.QuotaExceeded, Causes.AdmissionDenied, Causes.AdmissionDeniedPodSecurity], AllAdmitted),
        ([Causes.PvcPending, Causes.PvcLost, Causes.PvcMissing], ClaimsBound),
    ];

    /// <summary>What is ruled out.</summary>
    public static ImmutableArray<RuledOutCause> Of(DiagnosisCase @case, ImmutableArray<Hypothesis> hypotheses) => @case.Situation.Workload is not { DesiredPods: > 0 } ? [] :
    [
        .. from check in All
           let causes = check.Causes.Except(hypotheses.Select(static h => h.Cause)).ToImmutableArray()
           where causes.Length == check.Causes.Length
           let why = check.Why(@case)
           where why is not null
           select new RuledOutCause { Causes = causes, Why = BoundedText.Of(why, MaxWhy) },
    ];

    // Of what was made since, or keeps no older revision, nothing is known of before.
    private static string? NoRollout(DiagnosisCase @case) =>
        @case.Situation.Revisions is [{ } newest, _, ..] && newest.CreatedAt < ChangeFinder.Since(@case.Onset, @case.Input.Now) && !OwnRollouts(@case).Any()
            ? "it was not rolled out within 24 hours before the trouble began" : null;

    private static IEnumerable<Change> OwnRollouts(DiagnosisCase @case) =>
        @case.Changes.Where(c => c is { IsRollout: true, Relation: ChangeRelation.Self } && c.Time <= @case.Onset + ChangeFinder.ClockSlack);

    // A value may be wrong in a variable or a Secret as well.
    private static string? NoConfigChange(DiagnosisCase @case) =>
        @case.Situation.ConfigMaps.IsEmpty || NoRollout(@case) is null || @case.Situation.Pods.Any(static p => p.Containers.Any(static c => c.ConfigReferences.Any(static r => r.Kind == "Secret")))
        || @case.Situation.ConfigMaps.Any(c => c.ChangedAt is not { } at || @case.Onset - at < ChangeFinder.Horizon) ? null
        : $"neither its pods' template nor a ConfigMap that they read changed within 24 hours before the trouble began ({Names(@case.Situation.ConfigMaps.Select(static c => c.Ref))})";

    private static string? AllCreated(DiagnosisCase @case) => IfEach(@case, HasStarted, "every container could be created");

    private static string? AllPulled(DiagnosisCase @case) => IfEach(@case, HasStarted, "every container has run, so that its image is there");

    // One that waits for its next start after a run may wait for an image or a ConfigMap that is gone since: only the back-off says that it is neither.
    private static bool HasStarted(ContainerFacts container) =>
        container.State is ContainerState.Running or ContainerState.Terminated || container is { RestartCount: > 0, State: ContainerState.Waiting { Reason: "CrashLoopBackOff" } };

    // The last end alone is kept: what ended more than once may have been killed before.
    private static string? NoKillAtTheLimit(DiagnosisCase @case) =>
        @case.Situation.Events.Any(static e => e.Reason.Contains("OOM", StringComparison.OrdinalIgnoreCase)) ? null
        : IfEach(
            @case, static c => c is { RestartCount: <= 1, LastTermination: not { Reason: "OOMKilled" }, State: not ContainerState.Terminated { Reason: "OOMKilled" } and not ContainerState.Unknown },
            "no container was killed at its memory limit");

    private static string? AllPlaced(DiagnosisCase @case) =>
        Pods(@case) is { Length: > 0 } pods && pods.All(static p => p.NodeName is not null) ? $"{Counted.Of(pods.Length, "pod is", "pods are")} placed on nodes" : null;

    private static string? NodesWell(DiagnosisCase @case)
    {
        ImmutableArray<string> names = [.. Pods(@case).Select(static p => p.NodeName).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        ImmutableArray<NodeFacts> nodes = [.. @case.Situation.Around.Nodes.Where(n => names.Contains(n.Ref.Name))];
        return names.Length == 0 || nodes.Length < names.Length || nodes.Any(static n => n.Trouble is not null || !n.IsReady) ? null
            : $"the nodes of its pods are ready and under no pressure ({Names(nodes.Select(static n => n.Ref))})";
    }

    private static string? AllAdmitted(DiagnosisCase @case) =>
        @case.Situation.Workload is { } workload && Pods(@case).Length >= workload.DesiredPods && workload.Conditions.All(static c => c is not { Type: "ReplicaFailure", Status: Api.Meta.ConditionStatus.True })
            ? string.Create(CultureInfo.InvariantCulture, $"all {workload.DesiredPods} wanted pods could be made") : null;

    private static string? ClaimsBound(DiagnosisCase @case)
    {
        ImmutableArray<string> wanted = @case.Situation.Workload!.Declared.Claims;
        ImmutableArray<ClaimFacts> found = [.. @case.Situation.Around.Claims.Where(c => wanted.Contains(c.Ref.Name))];
        return wanted.IsEmpty || found.Length < wanted.Length || found.Any(static c => c.Phase != "Bound") ? null : $"its claims are bound ({Names(found.Select(static c => c.Ref))})";
    }

    private static string? IfEach(DiagnosisCase @case, Func<ContainerFacts, bool> holds, string why) =>
        Pods(@case) is { Length: > 0 } pods && pods.All(p => !p.Containers.IsEmpty && p.Containers.All(holds)) ? why : null;

    private static ImmutableArray<PodFacts> Pods(DiagnosisCase @case) => [.. @case.Situation.WantedPods];

    private static string Names(IEnumerable<TargetRef> objects) => string.Join(", ", objects.Select(static o => o.Name));
}
