using System.Collections.Immutable;
using System.Text.Json;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation.Wire;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>Reads what is read of a ConfigMap. Content is kept of guarded ones only, so that the cache does not hold every file of the cluster.</summary>
internal static class ConfigMapProjection
{
    public static ConfigMapFacts Read(ReadOnlySpan<byte> json)
    {
        ConfigMapWire config = JsonSerializer.Deserialize(json, WireJson.Default.ConfigMapWire) ?? new(null, null);
        ConfigMapMetaWire metadata = config.Metadata ?? new(null, null, null, null, null, null, null);
        Dictionary<string, string> annotations = metadata.Annotations ?? [];
        ManagedFieldsWire? change = LastDataChange(metadata.ManagedFields ?? []);
        ConfigMapFacts facts = new()
        {
            Ref = new() { ApiVersion = "v1", Kind = "ConfigMap", Namespace = metadata.Namespace, Name = metadata.Name ?? "", Uid = metadata.Uid },
            Annotations = annotations.Where(static a => a.Key != AnnotationNames.LastApplied).ToImmutableSortedDictionary(StringComparer.Ordinal),
            Labels = Sorted(metadata.Labels),
            IsPausedByMark = PauseMark.IsSet(annotations, metadata.Labels),
            LastRemediation = RemediationMark.Parse(annotations.GetValueOrDefault(AnnotationNames.LastRemediation)),
            ResourceVersion = metadata.ResourceVersion ?? "",
            Deletion = DeletionOf(metadata),
            ChangedAt = change?.Time,
            ChangedBy = change?.Manager,
        };
        return annotations.GetValueOrDefault(AnnotationNames.Guarded) == "true" ? WithContent(facts, config, annotations) : WithCorefile(facts, config.Data);
    }

    private static DeletionFacts? DeletionOf(ConfigMapMetaWire metadata) => metadata.DeletionTimestamp is { } at ? new(at, [.. metadata.Finalizers ?? []]) : null;

    private static ConfigMapFacts WithCorefile(ConfigMapFacts facts, Dictionary<string, string>? data) => data?.GetValueOrDefault("Corefile") is { } corefile
        ? facts with { IsDnsConfig = true, Data = ImmutableSortedDictionary<string, string>.Empty.Add("Corefile", corefile) }
        : facts;

    private static ConfigMapFacts WithContent(ConfigMapFacts facts, ConfigMapWire config, Dictionary<string, string> annotations)
    {
        DeclaredConfig declared = DeclaredConfig.Read(annotations.GetValueOrDefault(AnnotationNames.LastApplied), config.Metadata?.ManagedFields ?? []);
        return facts with
        {
            IsDnsConfig = config.Data?.ContainsKey("Corefile") == true,
            Data = (config.Data ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal),
            DeclaredData = declared.Data,
            WhyNotDeclared = declared.WhyNot,
        };
    }

    // Whoever changes a key owns it from then on; the one who made the map before is left with the map itself (".").
    private static ManagedFieldsWire? LastDataChange(ManagedFieldsWire[] fields) => fields
        .Where(static f => f.Subresource is null or "" && f.FieldsV1 is { ValueKind: JsonValueKind.Object } owned && OwnsKeys(owned))
        .MaxBy(static f => f.Time);

    private static bool OwnsKeys(JsonElement owned) =>
        owned.TryGetProperty("f:data", out JsonElement data)
        && data.ValueKind == JsonValueKind.Object
        && data.EnumerateObject().Any(static k => k.Name.StartsWith("f:", StringComparison.Ordinal));

    private static ImmutableSortedDictionary<string, string> Sorted(Dictionary<string, string>? labels) => (labels ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal);
}
