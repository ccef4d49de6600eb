using System.Collections.Immutable;
using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Controllers.Observation.Wire;
using Firstline.Core.Facts;
using Firstline.Kube.Client;

namespace Firstline.Controllers.Observation;

/// <summary>Reads what is read of budgets, quotas, webhook configurations, IngressClasses and the metadata of Secrets.</summary>
internal static class ClusterProjection
{
    private const string DefaultIngressClass = "ingressclass.kubernetes.io/is-default-class";
    private const string Issuer = "cert-manager.io/issuer-name";

    public static readonly Projection<WebhookFacts> ReadMutating = static json => ReadWebhook(BuiltinTypes.MutatingWebhooks, json);
    public static readonly Projection<WebhookFacts> ReadValidating = static json => ReadWebhook(BuiltinTypes.ValidatingWebhooks, json);

    public static BudgetFacts ReadBudget(ReadOnlySpan<byte> json)
    {
        BudgetWire budget = JsonSerializer.Deserialize(json, WireJson.Default.BudgetWire) ?? new(null, null, null);
        ObjectMeta metadata = budget.Metadata ?? new();
        BudgetStatusWire status = budget.Status ?? new(0, 0, 0, 0, null);
        return new()
        {
            Ref = Projecting.Ref(BuiltinTypes.Budgets, metadata),
            CreatedAt = metadata.CreationTimestamp ?? default,
            Pods = Projecting.Selector(budget.Spec?.Selector),
            Allowed = status.DisruptionsAllowed,
            Healthy = status.CurrentHealthy,
            Desired = status.DesiredHealthy,
            Expected = status.ExpectedPods,
            Conditions = Projecting.Conditions(status.Conditions),
        };
    }

    public static QuotaFacts ReadQuota(ReadOnlySpan<byte> json)
    {
        QuotaWire quota = JsonSerializer.Deserialize(json, WireJson.Default.QuotaWire) ?? new(null, null);
        return new(Projecting.Ref(BuiltinTypes.Quotas, quota.Metadata ?? new()), Amounts(quota.Status?.Hard), Amounts(quota.Status?.Used));
    }

    public static SecretFacts ReadSecret(ReadOnlySpan<byte> json)
    {
        ConfigMapMetaWire metadata = JsonSerializer.Deserialize(json, WireJson.Default.SecretWire)?.Metadata ?? new(null, null, null, null, null, null, null);
        DateTimeOffset? changed = (metadata.ManagedFields ?? []).Where(static f => f.FieldsV1?.TryGetProperty("f:data", out _) == true).Max(static f => f.Time);
        Dictionary<string, string> annotations = metadata.Annotations ?? [];
        return new(
            new() { ApiVersion = "v1", Kind = "Secret", Namespace = metadata.Namespace, Name = metadata.Name ?? "", Uid = metadata.Uid }, changed,
            annotations.GetValueOrDefault(Issuer), annotations.Keys.Any(static a => a.Contains("rotat", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Name of an IngressClass, with a star behind that of the default one.</summary>
    public static string ReadIngressClass(ReadOnlySpan<byte> json)
    {
        ObjectMeta metadata = JsonSerializer.Deserialize(json, WireJson.Default.ClassWire)?.Metadata ?? new();
        return metadata.Annotations.GetValueOrDefault(DefaultIngressClass) == "true" ? metadata.Name + "*" : metadata.Name;
    }

    private static WebhookFacts ReadWebhook(ResourceType type, ReadOnlySpan<byte> json)
    {
        WebhookWire webhook = JsonSerializer.Deserialize(json, WireJson.Default.WebhookWire) ?? new(null, null);
        ObjectMeta metadata = webhook.Metadata ?? new();
        return new() { Ref = Projecting.Ref(type, metadata), CreatedAt = metadata.CreationTimestamp ?? default, Hooks = [.. (webhook.Webhooks ?? []).Select(Hook)] };
    }

    private static WebhookHook Hook(HookWire hook) => new(
        hook.Name ?? "", hook.ClientConfig?.Service?.Namespace, hook.ClientConfig?.Service?.Name, hook.FailurePolicy is null or "Fail",
        (hook.Rules ?? []).Any(static r => Covers(r.Resources, "pods") && Covers(r.Operations, "CREATE")), Projecting.Selector(hook.NamespaceSelector));

    private static bool Covers(string[]? given, string wanted) => given is not null && (given.Contains(wanted) || given.Contains("*") || given.Contains("*/*"));

    private static ImmutableSortedDictionary<string, string> Amounts(Dictionary<string, JsonElement>? given) =>
        (given ?? []).ToImmutableSortedDictionary(static g => g.Key, static g => g.Value.ToString(), StringComparer.Ordinal);
}
