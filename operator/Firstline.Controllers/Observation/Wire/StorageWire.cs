using Firstline.Api.Meta;

namespace Firstline.Controllers.Observation.Wire;

internal sealed record VolumeObjectWire(ObjectMeta? Metadata, PhaseWire? Status);

internal sealed record PhaseWire(string? Phase, string? Message);

internal sealed record ClaimWire(ObjectMeta? Metadata, ClaimSpecWire? Spec, ClaimStatusWire? Status);

internal sealed record ClaimSpecWire(string? StorageClassName, ClaimResourcesWire? Resources, string? VolumeName, string[]? AccessModes);

internal sealed record ClaimResourcesWire(AmountWire? Requests);

internal sealed record AmountWire(string? Storage);

internal sealed record ClaimStatusWire(string? Phase, AmountWire? Capacity);

internal sealed record StorageClassWire(ObjectMeta? Metadata, bool AllowVolumeExpansion, string? VolumeBindingMode);
