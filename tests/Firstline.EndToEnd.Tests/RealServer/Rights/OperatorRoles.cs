using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Kube.Client;

namespace Firstline.EndToEnd.Tests.RealServer.Rights;

/// <summary>The operator's roles as they are installed.</summary>
/// <param name="administrator">Reads and writes them.</param>
/// <param name="roles">The Roles; a ClusterRole where the namespace is empty.</param>
internal sealed class OperatorRoles(IKubeClient administrator, params ImmutableArray<NamespacedName> roles)
{
    /// <summary>What is given in the cluster.</summary>
    public static readonly NamespacedName Cluster = new("", "firstline-operator");

    /// <summary>What is given in the operator's own namespace.</summary>
    public static readonly NamespacedName Own = new("firstline-system", "firstline-operator");

    /// <summary>All that they give.</summary>
    public async Task<ImmutableArray<Grant>> ReadAsync() => [.. (await Task.WhenAll(roles.Select(GrantsAsync))).SelectMany(static grants => grants)];

    /// <summary>Leaves a role just these rights.</summary>
    public Task WriteAsync(NamespacedName role, IEnumerable<Right> rights) => administrator.PatchAsync(
        TypeOf(role), role, Patch.Merge(new JsonObject { ["rules"] = Right.Rules(rights) }), CancellationToken.None, new WriteOptions { FieldManager = "rights-test" });

    private async Task<IEnumerable<Grant>> GrantsAsync(NamespacedName role) =>
        Right.Of((await administrator.GetAsync(TypeOf(role), role, CancellationToken.None)).ReadTree()["rules"]!.AsArray()).Select(right => new Grant(role, right));

    private static ResourceType TypeOf(NamespacedName role) => role.Namespace.Length == 0
        ? new("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", ResourceScope.Cluster)
        : new("rbac.authorization.k8s.io", "v1", "Role", "roles", ResourceScope.Namespaced);
}
