namespace Firstline.Controllers.Observation.Reading;

/// <summary>The places where a pod names ConfigMaps and Secrets.</summary>
internal static class ConfigShapes
{
    private static readonly JsonShape<KeyRefDraft> KeyRef = new(
        ("name", static (ref r, d) => d.Name = JsonValues.Shared(ref r)),
        ("key", static (ref r, d) => d.Key = JsonValues.Shared(ref r)),
        ("optional", static (ref r, d) => d.Optional = JsonValues.Flag(ref r)));

    private static readonly JsonShape<KeyRefDraft> SecretVolume = new(
        ("secretName", static (ref r, d) => d.Name = JsonValues.Shared(ref r)),
        ("optional", static (ref r, d) => d.Optional = JsonValues.Flag(ref r)));

    private static readonly JsonShape<ConfigPairDraft> ValueFrom = Pair("configMapKeyRef", "secretKeyRef");

    private static readonly JsonShape<ConfigPairDraft> Source = Pair("configMap", "secret");

    private static readonly JsonShape<EmptyDirDraft> EmptyDir = new(("medium", static (ref r, d) => d.Medium = JsonValues.Shared(ref r)));

    private static readonly JsonShape<ProjectedDraft> Projected = new(("sources", static (ref r, d) => d.Sources.Read(ref r, Source)));

    public static readonly JsonShape<ConfigPairDraft> EnvFrom = Pair("configMapRef", "secretRef");

    public static readonly JsonShape<EnvDraft> Env = new(("valueFrom", static (ref r, d) => ValueFrom.Read(ref r, d.ValueFrom)));

    public static readonly JsonShape<VolumeDraft> Volume = new(
        ("name", static (ref r, d) => d.Name = JsonValues.Shared(ref r)),
        ("configMap", static (ref r, d) => KeyRef.Read(ref r, d.ConfigMap)),
        ("secret", static (ref r, d) => SecretVolume.Read(ref r, d.Secret)),
        ("projected", static (ref r, d) => Projected.Read(ref r, d.Projected)),
        ("emptyDir", static (ref r, d) => EmptyDir.Read(ref r, d.EmptyDir)));

    private static JsonShape<ConfigPairDraft> Pair(string configMap, string secret) => new(
        (configMap, static (ref r, d) => KeyRef.Read(ref r, d.ConfigMap)),
        (secret, static (ref r, d) => KeyRef.Read(ref r, d.Secret)));
}
