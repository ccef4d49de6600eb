using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds guarded ConfigMaps (annotation <see cref="AnnotationNames.Guarded"/>) whose data is not what was last applied.</summary>
/// <remarks>Only names of keys are reported, never values. A ConfigMap that <c>kubectl apply</c> was not the last to declare has nothing to be compared with, and is never reported.</remarks>
public sealed class ConfigDriftDetector : IDetector
{
    /// <inheritdoc/>
    public string Name => "ConfigDrift";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation is not { Exists: true, Subject.Kind: "ConfigMap" })
        {
            return DetectorReport.Nothing;
        }

        ConfigMapFacts? config = situation.ConfigMaps.FirstOrDefault(c => c.Ref.Name == situation.Subject.Name);
        ImmutableArray<string> keys = config is null ? [] : DriftedKeys(config);
        return config is null || keys.IsEmpty
            ? DetectorReport.Nothing
            : new([
                new()
                {
                    Detector = Name,
                    Fingerprint = Fingerprints.Of(Name, situation.Subject),
                    Target = situation.Subject,
                    Summary = $"data of the guarded ConfigMap differs from what was applied in {Named(keys)}{(config.ChangedBy is { } by ? $"; changed by {by}" : "")}",
                    Since = config.ChangedAt ?? now,
                },
            ]);
    }

    /// <summary>Keys of a guarded ConfigMap that were changed, added or removed since it was applied; empty when it is not guarded or was not applied.</summary>
    public static ImmutableArray<string> DriftedKeys(ConfigMapFacts config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return config.Annotations.GetValueOrDefault(AnnotationNames.Guarded) != "true" || config.DeclaredData is not { } declared
            ? []
            :
            [
                .. config.Data.Keys.Union(declared.Keys).Order(StringComparer.Ordinal)
                    .Where(key => config.Data.GetValueOrDefault(key) != declared.GetValueOrDefault(key)),
            ];
    }

    private static string Named(ImmutableArray<string> keys) => keys.Length switch
    {
        1 => $"key {keys[0]}",
        <= 5 => $"keys {string.Join(", ", keys)}",
        _ => $"keys {string.Join(", ", keys.Take(5))} and {keys.Length - 5} more",
    };
}
