using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Controllers.Observation.Reading;
using Firstline.Controllers.Observation.Wire;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>Reads what is read of volumes, claims, and the classes of claims.</summary>
internal static class StorageProjection
{
    private const string DefaultClass = "storageclass.kubernetes.io/is-default-class";

    public static VolumeFacts ReadVolume(ReadOnlySpan<byte> json)
    {
        VolumeObjectWire volume = JsonSerializer.Deserialize(json, WireJson.Default.VolumeObjectWire) ?? new(null, null);
        ObjectMeta metadata = volume.Metadata ?? new();
        return new()
        {
            Ref = Projecting.Ref(BuiltinTypes.Volumes, metadata),
            CreatedAt = metadata.CreationTimestamp ?? default,
            Deletion = Projecting.Deletion(metadata),
            Phase = volume.Status?.Phase ?? "",
            Message = volume.Status?.Message ?? "",
        };
    }

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
            LastChange = ManagedChange.Read(json),
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
        StorageClassWire found = JsonSerializer.Deserialize(json, WireJson.Default.StorageClassWire) ?? new(null, false, null);
        ObjectMeta metadata = found.Metadata ?? new();
        return new(
            metadata.Name, found.VolumeBindingMode == "WaitForFirstConsumer", metadata.Annotations.GetValueOrDefault(DefaultClass) == "true", found.AllowVolumeExpansion);
    }
}
