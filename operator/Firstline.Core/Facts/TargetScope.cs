using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>
/// Which objects an incident may be about: those of its own namespace and that namespace itself, and in the operator's namespace also those of the cluster.
/// </summary>
/// <remarks>Rights on Incidents, runbooks' limits and approvals are all given by namespace. An incident that reached into another one would lend its author the operator's
/// eyes and hands there.</remarks>
public static class TargetScope
{
    /// <summary>The kinds without a namespace that incidents and remediations can be about.</summary>
    public static readonly ImmutableArray<string> ClusterKinds =
    [
        "APIService", "ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition", "IngressClass", "MutatingWebhookConfiguration", "Namespace", "Node", "PersistentVolume",
        "PriorityClass", "StorageClass", "ValidatingAdmissionPolicy", "ValidatingWebhookConfiguration", "VolumeAttachment",
    ];

    /// <summary>True for a kind without a namespace; the case of the letters does not matter.</summary>
    public static bool IsClusterScoped(string kind) => ClusterKinds.Contains(kind, StringComparer.OrdinalIgnoreCase);

    /// <summary>Why an incident or a request in namespace <paramref name="home"/> may not be about <paramref name="target"/>; null when it may.</summary>
    /// <param name="target">The object; without a namespace it is in <paramref name="home"/>, unless its kind has none.</param>
    /// <param name="home">Namespace of the incident or request.</param>
    /// <param name="operatorNamespace">The operator's own namespace.</param>
    public static string? WhyOutside(TargetRef target, string home, string operatorNamespace)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (IsClusterScoped(target.Kind))
        {
            bool isOwnNamespace = string.Equals(target.Kind, "Namespace", StringComparison.OrdinalIgnoreCase) && target.Name == home;
            return isOwnNamespace || home == operatorNamespace ? null
                : $"{Shown(target)} belongs to the whole cluster and namespace {home} to one team; incidents on it lie in the operator's namespace {operatorNamespace}";
        }

        return string.IsNullOrEmpty(target.Namespace) || target.Namespace == home ? null
            : $"{Shown(target)} is in namespace {Bounded(target.Namespace)} and not in {home}; an incident is about objects of its own namespace";
    }

    private static string Shown(TargetRef target) => $"{target.Kind}/{Bounded(target.Name)}";

    private static string Bounded(string name) => BoundedText.Shorten(name, 253);
}
