using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Kube.Client;

namespace Firstline.EndToEnd.Tests.RealServer.Rights;

/// <summary>The operator's roles as they are installed: what config/rbac/role.yaml gives.</summary>
internal sealed class OperatorRoles(IKubeClient administrator)
{
    private static readonly NamespacedName Cluster = new("", "firstline-operator");
    private static readonly NamespacedName Own = new("firstline-system", "firstline-operator");

    /// <summary>The rights in every namespace, and those in the operator's own alone.</summary>
    public async Task<ImmutableArray<(NamespacedName Role, Right Right)>> ReadAsync() =>
        [.. (await RightsAsync(Cluster)).Select(static r => (Cluster, r)), .. (await RightsAsync(Own)).Select(static r => (Own, r))];

    /// <summary>Leaves a role just these rights.</summary>
    public Task WriteAsync(NamespacedName role, IEnumerable<Right> rights) => administrator.PatchAsync(
        TypeOf(role), role, Patch.Merge(new JsonObject { ["rules"] = Right.Rules(rights) }), CancellationToken.None, new WriteOptions { FieldManager = "rights-test" });

    private async Task<ImmutableArray<Right>> RightsAsync(NamespacedName role) =>
        Right.Of((await administrator.GetAsync(TypeOf(role), role, CancellationToken.None)).ReadTree()["rules"]!.AsArray());

    private static ResourceType TypeOf(NamespacedName role) => role.Namespace.Length == 0
        ? new("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", ResourceScope.Cluster)
        : new("rbac.authorization.k8s.io", "v1", "Role", "roles", ResourceScope.Namespaced);
}
