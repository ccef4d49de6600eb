using Firstline.Api.Meta;

namespace Firstline.Controllers.Observation.Wire;

internal sealed record AutoscalerWire(ObjectMeta? Metadata, AutoscalerSpecWire? Spec, AutoscalerStatusWire? Status);

internal sealed record AutoscalerSpecWire(ScaleTargetWire? ScaleTargetRef, int MaxReplicas, int? MinReplicas = null);

internal sealed record ScaleTargetWire(string? ApiVersion, string? Kind, string? Name);

internal sealed record AutoscalerStatusWire(int CurrentReplicas, ConditionWire[]? Conditions);
