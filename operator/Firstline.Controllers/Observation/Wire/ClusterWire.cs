using System.Text.Json;
using Firstline.Api.Meta;

namespace Firstline.Controllers.Observation.Wire;

internal sealed record ServiceWire(ObjectMeta? Metadata, ServiceSpecWire? Spec);

internal sealed record ServiceSpecWire(
    Dictionary<string, string>? Selector, ServicePortWire[]? Ports, string? Type, string? ClusterIP, string? InternalTrafficPolicy);

internal sealed record ServicePortWire(string? Name, int Port, JsonElement? TargetPort);

internal sealed record EndpointSliceWire(ObjectMeta? Metadata, EndpointWire[]? Endpoints);

internal sealed record EndpointWire(EndpointConditionsWire? Conditions, string? NodeName);

internal sealed record EndpointConditionsWire(bool? Ready);

internal sealed record IngressWire(ObjectMeta? Metadata, IngressSpecWire? Spec);

internal sealed record IngressSpecWire(string? IngressClassName, IngressBackendWire? DefaultBackend, IngressRuleWire[]? Rules, IngressTlsWire[]? Tls);

internal sealed record IngressRuleWire(IngressHttpWire? Http);

internal sealed record IngressHttpWire(IngressPathWire[]? Paths);

internal sealed record IngressPathWire(string? Path, IngressBackendWire? Backend);

internal sealed record IngressBackendWire(IngressServiceWire? Service);

internal sealed record IngressServiceWire(string? Name, IngressPortWire? Port);

internal sealed record IngressPortWire(string? Name, int? Number);

internal sealed record IngressTlsWire(string[]? Hosts, string? SecretName);

internal sealed record ClassWire(ObjectMeta? Metadata);

internal sealed record PolicyWire(ObjectMeta? Metadata, PolicySpecWire? Spec);

internal sealed record PolicySpecWire(SelectorWire? PodSelector, string[]? PolicyTypes, PolicyRuleWire[]? Ingress, PolicyRuleWire[]? Egress);

internal sealed record PolicyRuleWire(PolicyPeerWire[]? From, PolicyPeerWire[]? To, PolicyPortWire[]? Ports);

internal sealed record PolicyPeerWire(SelectorWire? PodSelector, SelectorWire? NamespaceSelector, IpBlockWire? IpBlock);

internal sealed record IpBlockWire(string? Cidr);

internal sealed record PolicyPortWire(JsonElement? Port);

internal sealed record SelectorWire(Dictionary<string, string>? MatchLabels, SelectorExpressionWire[]? MatchExpressions);

internal sealed record SelectorExpressionWire(string? Key, string? Operator, string[]? Values);

internal sealed record BudgetWire(ObjectMeta? Metadata, BudgetSpecWire? Spec, BudgetStatusWire? Status);

internal sealed record BudgetSpecWire(SelectorWire? Selector);

internal sealed record BudgetStatusWire(int DisruptionsAllowed, int CurrentHealthy, int DesiredHealthy, int ExpectedPods, ConditionWire[]? Conditions);

internal sealed record WebhookWire(ObjectMeta? Metadata, HookWire[]? Webhooks);

internal sealed record HookWire(string? Name, HookClientWire? ClientConfig, string? FailurePolicy, HookRuleWire[]? Rules, SelectorWire? NamespaceSelector);

internal sealed record HookClientWire(HookServiceWire? Service);

internal sealed record HookServiceWire(string? Namespace, string? Name);

internal sealed record HookRuleWire(string[]? Operations, string[]? Resources);

internal sealed record SecretWire(ConfigMapMetaWire? Metadata);
