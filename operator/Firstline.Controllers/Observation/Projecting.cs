using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation.Reading;
using Firstline.Controllers.Observation.Wire;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>What all projections have in common.</summary>
internal static class Projecting
{
    private const int MaxAnnotation = 256;

    private static readonly SharedValues<OwnerReference> Owners = new();

    private static readonly SharedValues<string> Namespaces = new();

    public static TargetRef Ref(ResourceType type, ObjectMeta metadata) =>
        new() { ApiVersion = type.ApiVersion, Kind = type.Kind, Namespace = metadata.Namespace is { } ns ? Namespaces.Get(ns) : null, Name = metadata.Name, Uid = metadata.Uid };

    public static OwnerReference? Controller(ObjectMeta metadata) => metadata.OwnerReferences.FirstOrDefault(static o => o.Controller == true) is { } owner ? Shared(owner) : null;

    /// <summary>One instance for all that an owner has.</summary>
    public static OwnerReference Shared(OwnerReference owner) => Owners.Get(owner);

    public static bool IsPaused(ObjectMeta metadata) => PauseMark.IsSet(metadata.Annotations, metadata.Labels);

    /// <summary>Those of people, bounded: what kubectl records of an object is as large as the object.</summary>
    public static ImmutableSortedDictionary<string, string> Annotations(ObjectMeta metadata) => metadata.Annotations
        .Where(static a => !IsOfTheSystem(a.Key))
        .ToImmutableSortedDictionary(static a => a.Key, static a => a.Value.Length <= MaxAnnotation ? a.Value : a.Value[..MaxAnnotation] + BoundedText.CutMark, StringComparer.Ordinal);

    private static bool IsOfTheSystem(string key)
    {
        string domain = key.Contains('/', StringComparison.Ordinal) ? key[..key.IndexOf('/', StringComparison.Ordinal)] : "";
        return domain.EndsWith("kubernetes.io", StringComparison.Ordinal) || domain.EndsWith("k8s.io", StringComparison.Ordinal) || domain == "firstline.dev";
    }

    public static RemediationMark? LastRemediation(ObjectMeta metadata) => RemediationMark.Parse(metadata.Annotations.GetValueOrDefault(AnnotationNames.LastRemediation));

    public static DeletionFacts? Deletion(ObjectMeta metadata) => metadata.DeletionTimestamp is { } at ? new(at, metadata.Finalizers) : null;

    public static ImmutableSortedDictionary<string, string> Map(Dictionary<string, string>? given) =>
        given is null ? ImmutableSortedDictionary<string, string>.Empty : given.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public static LabelSelectorFacts Selector(SelectorWire? selector) => selector is null ? LabelSelectorFacts.Everything : new(
        Map(selector.MatchLabels),
        [.. (selector.MatchExpressions ?? []).Select(static e => new LabelExpression(e.Key ?? "", e.Operator ?? "", [.. e.Values ?? []]))]);

    public static ImmutableArray<ConditionFacts> Conditions(ConditionWire[]? conditions) =>
    [
        .. (conditions ?? []).Select(static c => new ConditionFacts(
            c.Type ?? "",
            c.Status switch { "True" => ConditionStatus.True, "False" => ConditionStatus.False, _ => ConditionStatus.Unknown },
            c.Reason ?? "",
            c.Message ?? "",
            c.LastTransitionTime)),
    ];
}
