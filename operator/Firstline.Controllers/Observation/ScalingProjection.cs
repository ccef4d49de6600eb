using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation.Reading;
using Firstline.Controllers.Observation.Wire;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>Reads what is read of autoscalers.</summary>
internal static class ScalingProjection
{
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
            LastChange = ManagedChange.Read(json),
            Scales = Scales(metadata, scaler.Spec?.ScaleTargetRef),
            Least = scaler.Spec?.MinReplicas ?? 1,
            Most = scaler.Spec?.MaxReplicas ?? 0,
            Current = status.CurrentReplicas,
            Conditions = Projecting.Conditions(status.Conditions),
        };
    }

    private static TargetRef Scales(ObjectMeta metadata, ScaleTargetWire? scales) =>
        new() { ApiVersion = scales?.ApiVersion ?? "", Kind = scales?.Kind ?? "", Namespace = metadata.Namespace, Name = scales?.Name ?? "" };
}
