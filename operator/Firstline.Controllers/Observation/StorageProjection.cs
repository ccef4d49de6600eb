using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Controllers.Observation.Wire;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>Reads what is read of volumes.</summary>
internal static class StorageProjection
{
    public static VolumeFacts ReadVolume(ReadOnlySpan<byte> json)
    {
        VolumeObjectWire volume = JsonSerializer.Deserialize(json, WireJson.Default.VolumeObjectWire) ?? new(null, null, null);
        ObjectMeta metadata = volume.Metadata ?? new();
        return new()
        {
            Ref = Projecting.Ref(BuiltinTypes.Volumes, metadata),
            CreatedAt = metadata.CreationTimestamp ?? default,
            Deletion = Projecting.Deletion(metadata),
            Phase = volume.Status?.Phase ?? "",
            Message = volume.Status?.Message ?? "",
            Claim = volume.Spec?.ClaimRef is { Name: { } name } claim ? $"{claim.Namespace}/{name}" : null,
        };
    }
}
