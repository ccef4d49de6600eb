using System.Collections.Immutable;
using Firstline.Controllers.Observation.Wire;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>Finds the ConfigMaps and Secrets that a container reads: by variables, by envFrom, and by the volumes that it mounts.</summary>
internal static class ConfigReferenceReader
{
    public static ImmutableArray<ConfigReference> Read(ContainerWire container, VolumeWire[] volumes) =>
    [
        .. (container.Env ?? []).SelectMany(static e => (ConfigReference?[])[Of("ConfigMap", e.ValueFrom?.ConfigMapKeyRef), Of("Secret", e.ValueFrom?.SecretKeyRef)])
            .Concat((container.EnvFrom ?? []).SelectMany(static e => (ConfigReference?[])[Of("ConfigMap", e.ConfigMapRef), Of("Secret", e.SecretRef)]))
            .Concat(volumes.Where(v => Array.Exists(container.VolumeMounts ?? [], m => m.Name == v.Name)).SelectMany(Of))
            .OfType<ConfigReference>()
            .Distinct(),
    ];

    private static IEnumerable<ConfigReference?> Of(VolumeWire volume) =>
    [
        Of("ConfigMap", volume.ConfigMap),
        volume.Secret?.SecretName is { Length: > 0 } secret ? new ConfigReference("Secret", secret, null) { Optional = volume.Secret.Optional ?? false } : null,
        .. (volume.Projected?.Sources ?? []).SelectMany(static s => (ConfigReference?[])[Of("ConfigMap", s.ConfigMap), Of("Secret", s.Secret)]),
    ];

    private static ConfigReference? Of(string kind, KeyRefWire? reference) =>
        reference is not { Name.Length: > 0 } ? null : new(kind, reference.Name, reference.Key) { Optional = reference.Optional ?? false };
}
