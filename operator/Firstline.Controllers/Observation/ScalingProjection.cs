using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation.Wire;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>Reads what is read of what can be made larger: autoscalers, claims, and the classes of claims.</summary>
internal static class ScalingProjection
{
    private const string DefaultClass = "storageclass.kubernetes.io/is-default-class";

    public static AutoscalerFacts ReadAutoscaler(ReadOnlySpan<byte> json)
    {
        AutoscalerWire scaler = JsonSerializer.Deserialize(json, WireJson.Default.AutoscalerWire) ?? new(null, null, null);
        ObjectMeta metadata = scaler.Metadata ?? new();
        AutoscalerStatusWire status = scaler.Status ?? new(0, null);
        return new()
        {
            Ref = Projecting.Ref(BuiltinTypes.Autoscalers, metadata),
            Labels = metadata.Labels,
            IsPausedByMark = Projecting.IsPaused(metadata),
            LastRemediation = Projecting.LastRemediation(metadata),
            CreatedAt = metadata.CreationTimestamp ?? default,
            Scales = Scales(metadata, scaler.Spec?.ScaleTargetRef),
            Most = scaler.Spec?.MaxReplicas ?? 0,
            Current = status.CurrentReplicas,
            Conditions = Projecting.Conditions(status.Conditions),
        };
    }

    private static TargetRef Scales(ObjectMeta metadata, ScaleTargetWire? scales) =>
        new() { ApiVersion = scales?.ApiVersion ?? "", Kind = scales?.Kind ?? "", Namespace = metadata.Namespace, Name = scales?.Name ?? "" };

    public static ClaimFacts ReadClaim(ReadOnlySpan<byte> json)
    {
        ClaimWire claim = JsonSerializer.Deserialize(json, WireJson.Default.ClaimWire) ?? new(null, null, null);
        ObjectMeta metadata = claim.Metadata ?? new();
        ClaimSpecWire spec = claim.Spec ?? new(null, null, null, null);
        ClaimStatusWire status = claim.Status ?? new(null, null);
        return Sized(spec, status) with
        {
            Ref = Projecting.Ref(BuiltinTypes.Claims, metadata),
            Labels = metadata.Labels,
            IsPausedByMark = Projecting.IsPaused(metadata),
            LastRemediation = Projecting.LastRemediation(metadata),
            CreatedAt = metadata.CreationTimestamp ?? default,
            Deletion = Projecting.Deletion(metadata),
            Phase = status.Phase ?? "",
            StorageClass = spec.StorageClassName,
            Volume = string.IsNullOrEmpty(spec.VolumeName) ? null : spec.VolumeName,
            AccessModes = [.. spec.AccessModes ?? []],
        };
    }

    private static ClaimFacts Sized(ClaimSpecWire spec, ClaimStatusWire status) =>
        new() { Ref = new(), Requested = spec.Resources?.Requests?.Storage, Capacity = status.Capacity?.Storage };

    public static StorageClassFacts ReadStorageClass(ReadOnlySpan<byte> json)
    {
        StorageClassWire found = JsonSerializer.Deserialize(json, WireJson.Default.StorageClassWire) ?? new(null, false, null, null);
        ObjectMeta metadata = found.Metadata ?? new();
        return new(
            metadata.Name, found.Provisioner ?? "", found.VolumeBindingMode == "WaitForFirstConsumer", metadata.Annotations.GetValueOrDefault(DefaultClass) == "true", found.AllowVolumeExpansion);
    }
}
