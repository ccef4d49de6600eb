using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Kube.Client;

namespace Firstline.Controllers.Observation;

/// <summary>What is listed and watched where the operator may see some namespaces alone: config/overlays/namespaced grants this and no more.</summary>
/// <remarks>Of the objects of the cluster only the policies, ours and those of admission, and those very namespaces are read: gates rest on all of them. Runbooks of the operator's own namespace are for all.</remarks>
public static class WatchedParts
{
    /// <summary>The parts that a query is read in; empty where nothing of it is.</summary>
    public static ImmutableArray<ResourceQuery> Of(ResourceQuery query, OperatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(options);
        return options.Namespaces.IsEmpty || query.Namespace.Length > 0 || IsPolicy(query.Type) ? [query]
            : query.Type == BuiltinTypes.Namespaces ? [.. options.Namespaces.Select(static ns => ResourceQuery.OfName(BuiltinTypes.Namespaces, ns))]
            : query.Type.Scope == ResourceScope.Cluster ? []
            : [.. NamespacesOf(query.Type, options).Select(ns => query with { Namespace = ns })];
    }

    private static bool IsPolicy(ResourceType type) =>
        type == RemediationPolicy.Type || type == BuiltinTypes.AdmissionPolicies || type == BuiltinTypes.AdmissionBindings;

    private static IEnumerable<string> NamespacesOf(ResourceType type, OperatorOptions options) =>
        type == Runbook.Type ? options.Namespaces.Append(options.Namespace).Distinct() : options.Namespaces;
}
