using Firstline.Api.Meta;

namespace Firstline.Controllers.Observation.Wire;

internal sealed record AutoscalerWire(ObjectMeta? Metadata, AutoscalerSpecWire? Spec, AutoscalerStatusWire? Status);

internal sealed record AutoscalerSpecWire(ScaleTargetWire? ScaleTargetRef, int MaxReplicas);

internal sealed record ScaleTargetWire(string? ApiVersion, string? Kind, string? Name);

internal sealed record AutoscalerStatusWire(int CurrentReplicas, ConditionWire[]? Conditions);

internal sealed record ClaimWire(ObjectMeta? Metadata, ClaimSpecWire? Spec, ClaimStatusWire? Status);

internal sealed record ClaimSpecWire(string? StorageClassName, ClaimResourcesWire? Resources, string? VolumeName, string[]? AccessModes);

internal sealed record ClaimResourcesWire(StorageWire? Requests);

internal sealed record StorageWire(string? Storage);

internal sealed record ClaimStatusWire(string? Phase, StorageWire? Capacity);

internal sealed record StorageClassWire(ObjectMeta? Metadata, bool AllowVolumeExpansion, string? Provisioner, string? VolumeBindingMode);
