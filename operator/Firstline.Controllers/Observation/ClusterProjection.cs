using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Controllers.Observation.Reading;
using Firstline.Controllers.Observation.Wire;
using Firstline.Core.Facts;
using Firstline.Kube.Client;

namespace Firstline.Controllers.Observation;

/// <summary>Reads what is read of budgets, webhook configurations and the metadata of Secrets.</summary>
internal static class ClusterProjection
{
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
            LastChange = ManagedChange.Read(json),
            Pods = Projecting.Selector(budget.Spec?.Selector),
            Allowed = status.DisruptionsAllowed,
            Healthy = status.CurrentHealthy,
            Desired = status.DesiredHealthy,
            Expected = status.ExpectedPods,
            Conditions = Projecting.Conditions(status.Conditions),
        };
    }

    public static SecretFacts ReadSecret(ReadOnlySpan<byte> json)
    {
        ConfigMapMetaWire metadata = JsonSerializer.Deserialize(json, WireJson.Default.SecretWire)?.Metadata ?? new(null, null, null, null, null, null, null);
        return new(
            new() { ApiVersion = "v1", Kind = "Secret", Namespace = metadata.Namespace, Name = metadata.Name ?? "", Uid = metadata.Uid },
            (metadata.Annotations ?? []).Keys.Any(static a => a.Contains("rotat", StringComparison.OrdinalIgnoreCase)));
    }

    private static WebhookFacts ReadWebhook(ResourceType type, ReadOnlySpan<byte> json)
    {
        WebhookWire webhook = JsonSerializer.Deserialize(json, WireJson.Default.WebhookWire) ?? new(null, null);
        ObjectMeta metadata = webhook.Metadata ?? new();
        return new()
        {
            Ref = Projecting.Ref(type, metadata), CreatedAt = metadata.CreationTimestamp ?? default, LastChange = ManagedChange.Read(json), Hooks = [.. (webhook.Webhooks ?? []).Select(Hook)],
        };
    }

    private static WebhookHook Hook(HookWire hook) => new(
        hook.Name ?? "", hook.ClientConfig?.Service?.Namespace, hook.ClientConfig?.Service?.Name, hook.FailurePolicy is null or "Fail",
        (hook.Rules ?? []).Any(static r => Covers(r.Resources, "pods") && Covers(r.Operations, "CREATE")), Projecting.Selector(hook.NamespaceSelector));

    private static bool Covers(string[]? given, string wanted) => given is not null && (given.Contains(wanted) || given.Contains("*") || given.Contains("*/*"));
}
