using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation.Reading;
using Firstline.Controllers.Observation.Wire;
using Firstline.Core.Actions;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>Reads what is read of a Deployment, StatefulSet or DaemonSet.</summary>
internal static class WorkloadProjection
{
    public static WorkloadFacts ReadDeployment(ReadOnlySpan<byte> json) => Read(BuiltinTypes.Deployments, json);

    public static WorkloadFacts ReadStatefulSet(ReadOnlySpan<byte> json) => Read(BuiltinTypes.StatefulSets, json);

    public static WorkloadFacts ReadDaemonSet(ReadOnlySpan<byte> json) => Read(BuiltinTypes.DaemonSets, json);

    public static WorkloadFacts Read(ResourceType type, ReadOnlySpan<byte> json)
    {
        WorkloadWire workload = JsonSerializer.Deserialize(json, WireJson.Default.WorkloadWire) ?? new(null, null, null);
        ObjectMeta metadata = workload.Metadata ?? new();
        WorkloadSpecWire spec = workload.Spec ?? WorkloadSpecWire.None;
        return RolledOut(type, spec, Counted(type, workload.Status ?? WorkloadStatusWire.None, spec.Replicas ?? 1)) with
        {
            Ref = Projecting.Ref(type, metadata),
            Labels = metadata.Labels,
            Annotations = Projecting.Annotations(metadata),
            Callers = Callers(metadata),
            IsPausedByMark = Projecting.IsPaused(metadata),
            LastRemediation = Projecting.LastRemediation(metadata),
            ResourceVersion = metadata.ResourceVersion ?? "",
            Generation = metadata.Generation,
            ScaledSpecHash = Scaling.HashWhenScaled(json),
            CreatedAt = metadata.CreationTimestamp ?? default,
            LastChange = ManagedChange.Read(json, out DateTimeOffset? statusAt),
            StatusChangedAt = statusAt,
            Deletion = Projecting.Deletion(metadata),
            TemplateJson = spec.Template?.GetRawText() ?? "{}",
        };
    }

    private static ImmutableArray<string> Callers(ObjectMeta metadata) =>
        metadata.Annotations.GetValueOrDefault(AnnotationNames.Callers) is { } names ? [.. names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)] : [];

    private static WorkloadFacts Counted(ResourceType type, WorkloadStatusWire status, int desired)
    {
        bool isDaemonSet = type == BuiltinTypes.DaemonSets;
        return new()
        {
            Ref = new(),
            ObservedGeneration = status.ObservedGeneration,
            HasOtherRevision = status is { CurrentRevision: { } current, UpdateRevision: { } update } && current != update,
            DesiredPods = isDaemonSet ? status.DesiredNumberScheduled : desired,
            ReadyPods = isDaemonSet ? status.NumberReady : status.ReadyReplicas,
            UpdatedPods = isDaemonSet ? status.UpdatedNumberScheduled : status.UpdatedReplicas,
            AvailablePods = isDaemonSet ? status.NumberAvailable : status.AvailableReplicas,
            Conditions = Projecting.Conditions(status.Conditions),
        };
    }

    private static WorkloadFacts RolledOut(ResourceType type, WorkloadSpecWire spec, WorkloadFacts facts)
    {
        StrategyWire? strategy = type == BuiltinTypes.Deployments ? spec.Strategy : spec.UpdateStrategy;
        return facts with
        {
            Paused = spec.Paused,
            UpdateStrategy = strategy?.Type ?? "RollingUpdate",
            Partition = strategy?.RollingUpdate?.Partition ?? 0,
            MaxUnavailablePods = MaxUnavailable(type, strategy, facts.DesiredPods),
        };
    }

    // Where nothing is said, Deployments allow 25 % and the others one pod.
    private static int MaxUnavailable(ResourceType type, StrategyWire? strategy, int desired)
    {
        return strategy?.Type == "Recreate" ? desired
            : strategy?.RollingUpdate?.MaxUnavailable is { } given ? Pods(given, desired)
            : type == BuiltinTypes.Deployments ? desired / 4
            : Math.Min(1, desired);
    }

    private static int Pods(JsonElement given, int desired)
    {
        string text = given.ToString();
        bool isShare = text.EndsWith('%');
        return int.TryParse(isShare ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? isShare ? (int)((long)desired * number / 100) : number
            : 0;
    }
}
