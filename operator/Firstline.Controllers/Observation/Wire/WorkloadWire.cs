using System.Text.Json;
using Firstline.Api.Meta;

namespace Firstline.Controllers.Observation.Wire;

/// <summary>A Deployment, StatefulSet or DaemonSet: their fields have different names for the same things.</summary>
internal sealed record WorkloadWire(ObjectMeta? Metadata, WorkloadSpecWire? Spec, WorkloadStatusWire? Status);

internal sealed record WorkloadSpecWire(int? Replicas, bool Paused, JsonElement? Template, StrategyWire? Strategy, StrategyWire? UpdateStrategy)
{
    public static readonly WorkloadSpecWire None = new(null, false, null, null, null);
}

internal sealed record StrategyWire(string? Type, RollingUpdateWire? RollingUpdate);

internal sealed record RollingUpdateWire(JsonElement? MaxUnavailable, int? Partition);

internal sealed record WorkloadStatusWire(
    long ObservedGeneration, int ReadyReplicas, int UpdatedReplicas, int AvailableReplicas, int DesiredNumberScheduled, int NumberReady,
    int UpdatedNumberScheduled, int NumberAvailable, ConditionWire[]? Conditions, string? CurrentRevision = null, string? UpdateRevision = null)
{
    public static readonly WorkloadStatusWire None = new(0, 0, 0, 0, 0, 0, 0, 0, null);
}

internal sealed record RevisionWire(ObjectMeta? Metadata, WorkloadSpecWire? Spec, WorkloadStatusWire? Status);

internal sealed record ControllerRevisionWire(ObjectMeta? Metadata, long? Revision, ControllerRevisionDataWire? Data);

internal sealed record ControllerRevisionDataWire(ControllerRevisionSpecWire? Spec);

internal sealed record ControllerRevisionSpecWire(JsonElement? Template);
