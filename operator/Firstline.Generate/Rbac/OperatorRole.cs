using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Firstline.Core.Actions;
using Firstline.Generate.Output;

namespace Firstline.Generate.Rbac;

/// <summary>Writes what the operator may do: a ClusterRole for what it watches and changes, a Role for what it keeps in its own namespace.</summary>
internal static class OperatorRole
{
    private const string Name = "firstline-operator";
    private const string Namespace = "firstline-system";
    private const string RbacGroup = "rbac.authorization.k8s.io";

    /// <summary>What no namespace holds, so that only a ClusterRoleBinding can grant it.</summary>
    private static readonly FrozenSet<string> ClusterScoped = FrozenSet.Create(
        "namespaces", "nodes", "remediationpolicies", "validatingadmissionpolicies", "validatingadmissionpolicybindings");

    /// <summary>The file with both roles, their bindings and the service account.</summary>
    /// <param name="cluster">Permissions in every namespace.</param>
    /// <param name="own">Permissions in the operator's own namespace alone.</param>
    /// <exception cref="GenerateException">A permission is too wide or has no reason.</exception>
    public static GeneratedFile File(ImmutableArray<RbacRule> cluster, ImmutableArray<RbacRule> own)
    {
        StringBuilder yaml = new();
        yaml.Append("# Written by make generate from the action catalogue and the controllers' permissions: nothing more than these is asked for.\n");
        yaml.Append("---\napiVersion: v1\nkind: ServiceAccount\n");
        AppendMetadata(yaml, Name, Namespace);
        AppendRole(yaml, "ClusterRole", Name, null, RoleRule.Merge(cluster));
        AppendBinding(yaml, "ClusterRole", null);
        AppendRole(yaml, "Role", Name, Namespace, RoleRule.Merge(own));
        AppendBinding(yaml, "Role", Namespace);
        return new("config/rbac/role.yaml", yaml.ToString());
    }

    /// <summary>The ClusterRole of an operator that watches: a patch that replaces all rules.</summary>
    /// <param name="controllers">Permissions in every namespace, without those of the actions.</param>
    public static GeneratedFile ObserveOnly(ImmutableArray<RbacRule> controllers) => ClusterRoleFile(
        "config/overlays/observe-only/role.yaml", "what the controllers see and record; the actions' permissions are left out, so that nothing can be carried out", Name, controllers);

    /// <summary>For an operator that minds few namespaces: a patch that leaves its ClusterRole what no namespace holds, and a role to bind in each namespace.</summary>
    /// <param name="cluster">Permissions in every namespace.</param>
    public static ImmutableArray<GeneratedFile> Namespaced(ImmutableArray<RbacRule> cluster) =>
    [
        ClusterRoleFile("config/overlays/namespaced/cluster-role.yaml", "what no namespace holds; none of it is a workload", Name, [.. cluster.Where(IsClusterScoped)]),
        ClusterRoleFile("config/overlays/namespaced/namespace-role.yaml", "what it needs in each namespace; bindings.yaml binds it", Name + "-namespace", [.. cluster.Where(rule => !IsClusterScoped(rule))]),
    ];

    private static bool IsClusterScoped(RbacRule rule) => ClusterScoped.Contains(rule.Resource.Split('/')[0]);

    private static GeneratedFile ClusterRoleFile(string path, string what, string name, ImmutableArray<RbacRule> rules)
    {
        StringBuilder yaml = new();
        yaml.Append($"# Written by make generate: {what}.\n");
        AppendRole(yaml, "ClusterRole", name, null, RoleRule.Merge(rules));
        return new(path, yaml.ToString());
    }

    private static void AppendMetadata(StringBuilder yaml, string name, string? @namespace)
    {
        yaml.Append($"metadata:\n  name: {name}\n");
        if (@namespace is not null)
        {
            yaml.Append($"  namespace: {@namespace}\n");
        }
    }

    private static void AppendRole(StringBuilder yaml, string kind, string name, string? @namespace, ImmutableArray<RoleRule> rules)
    {
        yaml.Append($"---\napiVersion: {RbacGroup}/v1\nkind: {kind}\n");
        AppendMetadata(yaml, name, @namespace);
        yaml.Append(rules.IsEmpty ? "rules: []\n" : "rules:\n");
        foreach (RoleRule rule in rules)
        {
            AppendRule(yaml, rule);
        }
    }

    private static void AppendRule(StringBuilder yaml, RoleRule rule)
    {
        foreach (string reason in rule.Reasons)
        {
            yaml.Append($"  # {reason.ReplaceLineEndings(" ")}\n");
        }

        string group = rule.ApiGroup.Length == 0 ? "\"\"" : rule.ApiGroup;
        yaml.Append($"  - apiGroups: [{group}]\n    resources: [{string.Join(", ", rule.Resources)}]\n    verbs: [{string.Join(", ", rule.Verbs)}]\n");
    }

    private static void AppendBinding(StringBuilder yaml, string kind, string? @namespace)
    {
        yaml.Append($"---\napiVersion: {RbacGroup}/v1\nkind: {kind}Binding\n");
        AppendMetadata(yaml, Name, @namespace);
        yaml.Append($"roleRef:\n  apiGroup: {RbacGroup}\n  kind: {kind}\n  name: {Name}\n");
        yaml.Append($"subjects:\n  - kind: ServiceAccount\n    name: {Name}\n    namespace: {Namespace}\n");
    }
}
