using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;

namespace Firstline.Controllers.Remediation;

/// <summary>Where the kinds that actions change are served.</summary>
internal static class TargetTypes
{
    private static readonly Dictionary<string, ResourceType> ByKind = new[]
    {
        BuiltinTypes.ConfigMaps, BuiltinTypes.CronJobs, BuiltinTypes.DaemonSets, BuiltinTypes.Deployments, BuiltinTypes.Autoscalers, BuiltinTypes.Claims,
        BuiltinTypes.Jobs, BuiltinTypes.Nodes, BuiltinTypes.Pods, BuiltinTypes.StatefulSets,
    }.ToDictionary(static t => t.Kind, StringComparer.Ordinal);

    /// <summary>Null for a kind that no action changes.</summary>
    public static ResourceType? Of(TargetRef target) => ByKind.GetValueOrDefault(target.Kind);

    public static NamespacedName Key(TargetRef target, RemediationRequest request) =>
        new(Of(target) is { Scope: ResourceScope.Cluster } ? "" : target.Namespace ?? request.Metadata.Namespace ?? "", target.Name);
}
