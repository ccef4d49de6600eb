using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis.Changes;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>What a careful engineer crosses off first: causes of a workload's trouble that what was observed speaks against.</summary>
/// <remarks>A check says nothing where it has not seen all that it speaks of, and nothing is ruled out that a hypothesis names: of one that rests on a signal alone it is an objection.</remarks>
internal static class RuledOutChecks
{
    private const int MaxWhy = 512;
    private const int Contradicted = 25;

    private static readonly ImmutableArray<(ImmutableArray<string> Causes, Func<DiagnosisCase, string?> Why, string Topic)> All =
    [
        ([Causes.BadRollout], NoRollout, "revision"),
        ([Causes.BadRollout], OlderPodsFailAlike, "container"),
        ([Causes.MisconfiguredAppConfig], NoConfigChange, "needs"),
        ([Causes.MissingConfigMap, Causes.MissingSecret, Causes.MissingConfigKey], AllCreated, "pods"),
        ([Causes.ImagePullError], AllPulled, "pods"),
        ([Causes.OomKilled], NoKillAtTheLimit, "pods"),
        ([Causes.SchedulingResources, Causes.SchedulingTaint, Causes.SchedulingNodeSelector, Causes.SchedulingAffinity], AllPlaced, "pods"),
        ([Causes.NodeNotReady, Causes.NodePressureMemory, Causes.NodePressureDisk], NodesWell, "node"),
        ([Causes.QuotaExceeded, Causes.AdmissionDenied, Causes.AdmissionDeniedPodSecurity], AllAdmitted, "pods"),
        ([Causes.PvcPending, Causes.PvcLost, Causes.PvcMissing], ClaimsBound, "needs"),
    ];

    /// <summary>What is ruled out: hypotheses that objections left little of, then what the checks speak against.</summary>
    /// <param name="case">The case.</param>
    /// <param name="hypotheses">What may be the cause.</param>
    /// <param name="doubtful">Drafts that are none of these.</param>
    public static ImmutableArray<RuledOutCause> Of(DiagnosisCase @case, ImmutableArray<Hypothesis> hypotheses, ImmutableArray<HypothesisDraft> doubtful) =>
    [
        .. doubtful.Select(d => new RuledOutCause { Causes = [d.Cause], Why = BoundedText.Of(string.Join("; ", d.Objections.Select(static o => o.What)), MaxWhy), Evidence = d.Against }),
        .. from check in @case.Situation.Workload is { DesiredPods: > 0 } ? All : []
           where !check.Causes.Intersect(hypotheses.Select(static h => h.Cause).Concat(doubtful.Select(static d => d.Cause))).Any()
           let why = check.Why(@case)
           where why is not null
           select new RuledOutCause { Causes = check.Causes, Why = BoundedText.Of(why, MaxWhy), Evidence = @case.Evidence.Cite(check.Topic) },
    ];

    /// <summary>What speaks against that cause of a workload's trouble; null for nothing.</summary>
    public static Objection? Against(DiagnosisCase @case, string cause) => @case.Situation.Workload is not { DesiredPods: > 0 } ? null :
        All.Where(c => c.Causes.Contains(cause)).Select(c => c.Why(@case) is { } why ? new Objection(Contradicted, why, c.Topic) : null).FirstOrDefault(static o => o is not null);

    // Of what was made since, or keeps no older revision, nothing is known of before.
    private static string? NoRollout(DiagnosisCase @case)
    {
        ImmutableArray<RevisionFacts> before = [.. @case.Situation.Revisions.Where(r => r.CreatedAt <= @case.Onset + ChangeFinder.ClockSlack)];
        return before is not [{ } newest, _, ..] || newest.CreatedAt >= ChangeFinder.Since(@case.Onset, @case.Input.Now) || OwnRollouts(@case).Any() ? null
            : $"it was not rolled out within 24 hours before the trouble began{(before.Length < @case.Situation.Revisions.Length ? ", but only after it" : "")}";
    }

    private static string? OlderPodsFailAlike(DiagnosisCase @case)
    {
        string? newest = @case.Situation.Revisions.FirstOrDefault()?.PodHash;
        FailureSign[] signs = [.. @case.Failures.Where(f => f.Pod.RevisionHash == newest).Select(static f => f.Sign)];
        return @case.Failures.FirstOrDefault(f => f.Pod.RevisionHash is { } hash && hash != newest && signs.Contains(f.Sign)) is { } older
            ? $"pods of an older revision fail in the same way ({older.Pod.Ref.Name})" : null;
    }

    private static IEnumerable<Change> OwnRollouts(DiagnosisCase @case) =>
        @case.Changes.Where(c => c is { IsRollout: true, Relation: ChangeRelation.Self } && c.Time <= @case.Onset + ChangeFinder.ClockSlack);

    // A value may be wrong in a variable or a Secret as well.
    private static string? NoConfigChange(DiagnosisCase @case) =>
        @case.Situation.ConfigMaps.IsEmpty || NoRollout(@case) is null || @case.Situation.Pods.Any(static p => p.Containers.Any(static c => c.ConfigReferences.Any(static r => r.Kind == "Secret")))
        || @case.Situation.ConfigMaps.Any(c => c.ChangedAt is not { } at || @case.Onset - at < ChangeFinder.Horizon) ? null
        : $"neither its pods' template nor a ConfigMap that they read changed within 24 hours before the trouble began ({Names(@case.Situation.ConfigMaps.Select(static c => c.Ref))})";

    private static string? AllCreated(DiagnosisCase @case) => IfEach(@case, HasStarted, "every container could be created");

    private static string? AllPulled(DiagnosisCase @case) => IfEach(@case, HasStarted, "every container has run, so that its image is there");

    /// <summary>True for a container that has run, so that its image and what it reads were there.</summary>
    // One that waits for its next start after a run may wait for an image or a ConfigMap that is gone since: only the back-off says that it is neither.
    public static bool HasStarted(ContainerFacts container) =>
        container.State is ContainerState.Running or ContainerState.Terminated || container is { RestartCount: > 0, State: ContainerState.Waiting { Reason: "CrashLoopBackOff" } };

    /// <summary>True for a container whose last end that is kept was that.</summary>
    public static bool WasKilledAtTheLimit(ContainerFacts container) => container is { LastTermination.Reason: "OOMKilled" } or { State: ContainerState.Terminated { Reason: "OOMKilled" } };

    // The last end alone is kept: what ended more than once may have been killed before.
    private static string? NoKillAtTheLimit(DiagnosisCase @case) =>
        @case.Situation.Events.Any(static e => e.Reason.Contains("OOM", StringComparison.OrdinalIgnoreCase)) ? null
        : IfEach(
            @case, static c => c is { RestartCount: <= 1, State: not ContainerState.Unknown } && !WasKilledAtTheLimit(c),
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
