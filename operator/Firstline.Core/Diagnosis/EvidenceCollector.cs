using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Detection;
using Firstline.Core.Diagnosis.Changes;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>Collects what was observed into the book of evidence: bounded, in a fixed order, each item with its source.</summary>
/// <remarks>Order: signals, the workload, failing containers, pods that fit nowhere, Jobs, configuration, changes, metrics, earlier incidents, events, logs, what lies around, which is left out first where there is too much. Of many alike pods the first few stand for all.</remarks>
internal static class EvidenceCollector
{
    private const int MaxSignals = 8;
    private const int MaxContainers = 6;
    private const int MaxPods = 3;
    private const int MaxJobs = 3;
    private const int MaxChanges = 8;
    private const int MaxEvents = 12;
    private const int MaxLogs = 4;

    /// <summary>Collects.</summary>
    public static EvidenceBook Collect(DiagnosisInput input, Dependencies dependencies, ImmutableArray<FailingContainer> failures, ImmutableArray<Change> changes) =>
        EvidenceBook.Of(Observe(input, dependencies, failures, changes), input.Known, input.Situation.Versions, input.Redaction);

    /// <summary>What there is to collect, not yet bounded and with its secrets.</summary>
    public static IEnumerable<Observation> Observe(DiagnosisInput input, Dependencies dependencies, ImmutableArray<FailingContainer> failures, ImmutableArray<Change> changes)
    {
        Situation situation = input.Situation;
        return
        [
            .. input.Signals.Take(MaxSignals).Select(OfSignal),
            .. OfWorkload(situation, input.Now),
            .. OfOwner(situation, input.Now),
            .. failures.Take(MaxContainers).SelectMany(f => OfContainer(f, input.Now)),
            .. OfUnscheduled(situation),
            .. situation.Jobs.SelectMany(OfJob).Take(MaxJobs),
            .. situation.ConfigMaps.SelectMany(c => OfConfigMap(c, input.Now)),
            .. changes.Take(MaxChanges).Select(OfChange),
            .. TrafficText.Observations(situation.Traffic, input.Now),
            .. input.Past.Select(OfPast),
            .. situation.Events.Where(static e => e.Type == "Warning").Take(MaxEvents).Select(OfEvent),
            .. situation.Logs.Where(static l => !l.Lines.IsEmpty).Take(MaxLogs).Select(l => OfLog(l, input.Now)),
            .. SurroundingEvidence.Of(situation, dependencies, input.Now),
        ];
    }

    private static Observation OfSignal(SignalRecord signal) => new(
        $"signal/{signal.Name}", EvidenceKind.Signal, $"{signal.Source} signal {signal.Name}", signal.LastSeen, signal.Summary);

    private static IEnumerable<Observation> OfWorkload(Situation situation, DateTimeOffset now)
    {
        if (situation.Workload is not { } workload)
        {
            yield break;
        }

        yield return new(
            "workload/pods", EvidenceKind.Status, $"{situation.Subject} status", now,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{workload.ReadyPods} of {workload.DesiredPods} pods ready, {workload.AvailablePods} available, {workload.UpdatedPods} of the newest revision"))
        {
            Of = workload.Ref,
        };
        foreach (ConditionFacts condition in workload.Conditions.Where(static c => c.Status == Api.Meta.ConditionStatus.False || c.Type == "ReplicaFailure"))
        {
            yield return new(
                $"workload/{condition.Type}", EvidenceKind.Status, $"{situation.Subject} status.conditions[{condition.Type}]", condition.Since ?? now,
                $"{condition.Type}={condition.Status}: {condition.Reason}: {condition.Message}")
            {
                Of = workload.Ref,
            };
        }

        foreach ((RevisionFacts revision, int at) in situation.Revisions.Where(static (r, at) => at == 0 || r.DesiredPods > 0).Take(3).Select(static (r, at) => (r, at)))
        {
            yield return new(
                at == 0 ? "revision/newest" : "revision/older", EvidenceKind.Status, $"{revision.Ref} status", revision.CreatedAt,
                string.Create(CultureInfo.InvariantCulture, $"revision {revision.Number}: {revision.ReadyPods} of {revision.DesiredPods} pods ready"))
            {
                Of = revision.Ref,
            };
        }
    }

    private static IEnumerable<Observation> OfOwner(Situation situation, DateTimeOffset now) => !situation.IsKnownByPods ? [] :
    [
        new(
            "owner", EvidenceKind.Status, $"{situation.Pods[0].Ref} metadata.ownerReferences", now,
            $"{situation.Subject} ({situation.Subject.ApiVersion}) controls {Counted.Of(situation.Pods.Length, "pod")}; Firstline does not read objects of its kind, and knows it by its pods alone")
        {
            Of = situation.Pods[0].Ref,
        },
    ];

    private static IEnumerable<Observation> OfContainer(FailingContainer failure, DateTimeOffset now)
    {
        ContainerFacts container = failure.Container;
        yield return new(
            failure.Topic, EvidenceKind.Status, $"{failure.Pod.Ref} status.containerStatuses[{container.Name}]",
            failure.LastEnd?.FinishedAt ?? failure.Pod.Condition("Ready")?.Since ?? now, ContainerText.Describe(container))
        {
            Of = failure.Pod.Ref,
        };
        if (failure.Sign == FailureSign.OomKill && container.MemoryLimit is { } limit)
        {
            yield return new(
                $"{failure.Topic}/limit", EvidenceKind.Spec, $"{failure.Pod.Ref} spec.containers[{container.Name}].resources.limits.memory",
                failure.Pod.CreatedAt, $"memory limit {limit}")
            {
                Of = failure.Pod.Ref,
            };
        }
    }

    private static IEnumerable<Observation> OfUnscheduled(Situation situation) =>
        from pod in situation.WantedPods.OrderBy(static p => p.Ref.Name, StringComparer.Ordinal)
            .Where(static p => p.Condition("PodScheduled") is { Status: Api.Meta.ConditionStatus.False }).Take(MaxPods)
        let condition = pod.Condition("PodScheduled")!
        select new Observation(
            $"scheduling/{pod.Ref.Name}", EvidenceKind.Status, $"{pod.Ref} status.conditions[PodScheduled]", condition.Since ?? pod.CreatedAt,
            $"{condition.Reason}: {condition.Message}")
        {
            Of = pod.Ref,
        };

    private static IEnumerable<Observation> OfJob(JobFacts job) =>
        from condition in job.Conditions
        where condition is { Type: "Failed", Status: Api.Meta.ConditionStatus.True }
        select new Observation(
            $"job/{job.Ref.Name}", EvidenceKind.Status, $"{job.Ref} status.conditions[Failed]", condition.Since ?? job.CreatedAt,
            string.Create(CultureInfo.InvariantCulture, $"{condition.Reason}: {condition.Message} ({job.Failed} failed pods)"))
        {
            Of = job.Ref,
        };

    private static IEnumerable<Observation> OfConfigMap(ConfigMapFacts config, DateTimeOffset now)
    {
        ImmutableArray<string> keys = ConfigDriftDetector.DriftedKeys(config);
        return keys.IsEmpty
            ? []
            : [new(
                $"config/{config.Ref.Name}", EvidenceKind.Spec, $"{config.Ref} data", config.ChangedAt ?? now,
                $"differs from what was last applied in: {string.Join(", ", keys)}{(config.ChangedBy is { } by ? $"; changed by {by}" : "")}")
            {
                Of = config.Ref,
            }];
    }

    private static Observation OfChange(Change change) => new(
        change.Topic, EvidenceKind.Change, change.IsRollout ? $"{change.Resource} revisions" : $"{change.Resource} managedFields", change.Time, change.Summary)
    {
        Of = change.Resource,
    };

    internal static Observation OfEvent(EventFacts happening) => new(
        $"event/{happening.Reason}", EvidenceKind.Event, $"Event {happening.Reason} on {happening.About}", happening.LastSeen,
        string.Create(CultureInfo.InvariantCulture, $"{happening.Reason} (x{Math.Max(1, happening.Count)}): {happening.Message}"))
    {
        ResourceVersion = happening.ResourceVersion,
    };

    internal static Observation OfPast(PastIncident past) => new(
        History.TopicOf(past), EvidenceKind.History, $"Incident/{past.Name}", past.ResolvedAt,
        $"{past.Cause ?? "no cause was found"}; {(past.Helped is { } helped ? $"{helped} helped" : "nothing that was done was verified to have helped")}{(past.InVain.IsEmpty ? "" : $"; in vain: {string.Join(", ", past.InVain)}")}")
    {
        ResourceVersion = past.ResourceVersion,
    };

    internal static Observation OfLog(LogFacts log, DateTimeOffset now)
    {
        ImmutableArray<LogGroup> groups = LogDigest.Groups(log.Lines);
        return new(
            $"log/{log.Pod}/{log.Container}", EvidenceKind.Log, $"Pod/{log.Pod} log of {log.Container}{(log.Previous ? " (previous run)" : "")}", now, string.Join(" | ", groups))
        {
            Log = groups.IsEmpty ? null : new()
            {
                Container = log.Container, Previous = log.Previous, FirstLine = groups[0].At + 1, LastLine = groups[^1].At + 1, LinesRead = log.Lines.Length, Complete = log.IsComplete,
            },
        };
    }
}
