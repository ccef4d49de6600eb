using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Observation.Wire;
using Firstline.Core.Facts;
using Firstline.Kube.Client;

namespace Firstline.Controllers.Diagnosis;

public sealed partial class DiagnosticReader
{
    private const int MaxLimits = 8;

    // Of all that may be in the way of a pod these alone are not watched: few diagnoses ask for them.
    private async Task<Situation> WithLimitsAsync(Situation situation, CancellationToken ct)
    {
        if (situation.Subject.Namespace is not { } ns || !LacksPods(situation))
        {
            return situation;
        }

        Task<ImmutableArray<QuotaWire>?> quotas = FirstOnesAsync(BuiltinTypes.Quotas, WireJson.Default.QuotaWire, situation.Subject, ns, ct);
        Task<ImmutableArray<LimitRangeWire>?> ranges = FirstOnesAsync(BuiltinTypes.LimitRanges, WireJson.Default.LimitRangeWire, situation.Subject, ns, ct);
        await Task.WhenAll(quotas, ranges);
        return situation with { Quotas = (await quotas)?.Select(FactsOf).ToImmutableArray(), LimitRanges = (await ranges)?.Select(FactsOf).ToImmutableArray() };
    }

    private static bool LacksPods(Situation situation) =>
        situation.Workload?.Conditions.Any(static c => c is { Type: "ReplicaFailure", Status: ConditionStatus.True }) == true
        || situation.Events.Any(static e => e.Reason == "FailedCreate")
        || situation.WantedPods.Any(static p => p.Condition("PodScheduled") is { Status: ConditionStatus.False });

    private async Task<ImmutableArray<T>?> FirstOnesAsync<T>(ResourceType type, JsonTypeInfo<T> json, TargetRef subject, string ns, CancellationToken ct)
    {
        try
        {
            return [.. await client.ListAsync(new(type, ns), json, ct).Take(MaxLimits).ToListAsync(ct)];
        }
        catch (KubeException e)
        {
            LogUnread(type.Plural, subject, e.Message);
            return null;
        }
    }

    private static QuotaFacts FactsOf(QuotaWire quota) => new(Projecting.Ref(BuiltinTypes.Quotas, quota.Metadata ?? new()), Amounts(quota.Status?.Hard), Amounts(quota.Status?.Used))
    {
        ResourceVersion = quota.Metadata?.ResourceVersion,
    };

    private static LimitRangeFacts FactsOf(LimitRangeWire range) => new(
        Projecting.Ref(BuiltinTypes.LimitRanges, range.Metadata ?? new()), [.. (range.Spec?.Limits ?? []).SelectMany(TextOf)])
    {
        ResourceVersion = range.Metadata?.ResourceVersion,
    };

    private static IEnumerable<string> TextOf(LimitWire limit)
    {
        (string Name, Dictionary<string, JsonElement>? Amounts)[] parts =
            [("min", limit.Min), ("max", limit.Max), ("default", limit.Default), ("defaultRequest", limit.DefaultRequest), ("maxLimitRequestRatio", limit.MaxLimitRequestRatio)];
        return parts.SelectMany(p => Amounts(p.Amounts).Select(a => $"{limit.Type} {p.Name} {a.Key}={a.Value}"));
    }

    private static ImmutableSortedDictionary<string, string> Amounts(Dictionary<string, JsonElement>? amounts) =>
        amounts?.ToImmutableSortedDictionary(static a => a.Key, static a => a.Value.ToString(), StringComparer.Ordinal) ?? ImmutableSortedDictionary<string, string>.Empty;
}
