using System.Collections.Immutable;
using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Controllers.Observation.Reading;
using Firstline.Controllers.Observation.Wire;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>Reads what is read of Services, EndpointSlices, Ingresses and their classes, and NetworkPolicies.</summary>
internal static class NetworkProjection
{
    private const string ServiceName = "kubernetes.io/service-name";
    private const string OlderClass = "kubernetes.io/ingress.class";
    private const string DefaultClass = "ingressclass.kubernetes.io/is-default-class";

    public static ServiceFacts ReadService(ReadOnlySpan<byte> json)
    {
        ServiceWire service = JsonSerializer.Deserialize(json, WireJson.Default.ServiceWire) ?? new(null, null);
        ObjectMeta metadata = service.Metadata ?? new();
        ServiceSpecWire spec = service.Spec ?? new(null, null, null, null, null);
        return new()
        {
            Ref = Projecting.Ref(BuiltinTypes.Services, metadata),
            CreatedAt = metadata.CreationTimestamp ?? default,
            LastChange = ManagedChange.Read(json),
            Deletion = Projecting.Deletion(metadata),
            Selector = Projecting.Map(spec.Selector),
            Ports = [.. (spec.Ports ?? []).Select(static p => new ServicePort(p.Name ?? "", p.Port, p.TargetPort?.ToString() ?? ""))],
            Type = spec.Type ?? "ClusterIP",
            Address = spec.ClusterIP,
            IsLocalInside = spec.InternalTrafficPolicy == "Local",
        };
    }

    public static EndpointFacts ReadEndpointSlice(ReadOnlySpan<byte> json)
    {
        EndpointSliceWire slice = JsonSerializer.Deserialize(json, WireJson.Default.EndpointSliceWire) ?? new(null, null);
        ObjectMeta metadata = slice.Metadata ?? new();
        EndpointWire[] endpoints = slice.Endpoints ?? [];

        // What is not said counts as ready.
        EndpointWire[] ready = [.. endpoints.Where(static e => e.Conditions?.Ready ?? true)];
        return new(
            metadata.Namespace ?? "", metadata.Name, metadata.Labels.GetValueOrDefault(ServiceName, ""), ready.Length, endpoints.Length - ready.Length,
            [.. ready.Select(static e => e.NodeName).OfType<string>().Distinct()]);
    }

    public static IngressFacts ReadIngress(ReadOnlySpan<byte> json)
    {
        IngressWire ingress = JsonSerializer.Deserialize(json, WireJson.Default.IngressWire) ?? new(null, null);
        ObjectMeta metadata = ingress.Metadata ?? new();
        IngressSpecWire spec = ingress.Spec ?? new(null, null, null, null);
        return new()
        {
            Ref = Projecting.Ref(BuiltinTypes.Ingresses, metadata),
            CreatedAt = metadata.CreationTimestamp ?? default,
            LastChange = ManagedChange.Read(json),
            Class = spec.IngressClassName ?? metadata.Annotations.GetValueOrDefault(OlderClass),
            Backends = [.. (spec.Rules ?? []).SelectMany(Backends), .. Backend("", spec.DefaultBackend)],
            Tls = [.. (spec.Tls ?? []).Where(static t => t.SecretName is { Length: > 0 }).Select(static t => new IngressTls(t.SecretName!, [.. t.Hosts ?? []]))],
        };
    }

    public static IngressClassFacts ReadIngressClass(ReadOnlySpan<byte> json)
    {
        ObjectMeta metadata = JsonSerializer.Deserialize(json, WireJson.Default.ClassWire)?.Metadata ?? new();
        return new(metadata.Name, metadata.Annotations.GetValueOrDefault(DefaultClass) == "true");
    }

    public static PolicyFacts ReadPolicy(ReadOnlySpan<byte> json)
    {
        PolicyWire policy = JsonSerializer.Deserialize(json, WireJson.Default.PolicyWire) ?? new(null, null);
        PolicySpecWire spec = policy.Spec ?? new(null, null, null, null);
        string[] types = spec.PolicyTypes ?? (spec.Egress is { Length: > 0 } ? ["Ingress", "Egress"] : ["Ingress"]);
        return new()
        {
            Ref = Projecting.Ref(BuiltinTypes.Policies, policy.Metadata ?? new()),
            CreatedAt = policy.Metadata?.CreationTimestamp ?? default,
            LastChange = ManagedChange.Read(json),
            Pods = Projecting.Selector(spec.PodSelector),
            IsolatesIngress = types.Contains("Ingress"),
            IsolatesEgress = types.Contains("Egress"),
            Ingress = [.. (spec.Ingress ?? []).Select(static r => Rule(r, r.From))],
            Egress = [.. (spec.Egress ?? []).Select(static r => Rule(r, r.To))],
        };
    }

    private static IEnumerable<IngressBackend> Backends(IngressRuleWire rule) => (rule.Http?.Paths ?? []).SelectMany(static p => Backend(p.Path ?? "/", p.Backend));

    private static IEnumerable<IngressBackend> Backend(string path, IngressBackendWire? backend) =>
        backend?.Service is { Name: { } name } service
            ? [new(path, name, service.Port?.Name ?? service.Port?.Number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "")]
            : [];

    private static PolicyRule Rule(PolicyRuleWire rule, PolicyPeerWire[]? peers) => new(
        [
            .. (peers ?? []).Select(static p => new PolicyPeer(
                p.PodSelector is null ? null : Projecting.Selector(p.PodSelector), p.NamespaceSelector is null ? null : Projecting.Selector(p.NamespaceSelector), p.IpBlock?.Cidr)),
        ],
        [.. (rule.Ports ?? []).Select(static p => p.Port?.ToString()).OfType<string>()]);
}
