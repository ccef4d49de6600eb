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

    /// <summary>The file with both roles, their bindings and the service account.</summary>
    /// <param name="cluster">Permissions in every namespace.</param>
    /// <param name="own">Permissions in the operator's own namespace alone.</param>
    /// <exception cref="GenerateException">A permission is too wide or has no reason.</exception>
    public static GeneratedFile File(ImmutableArray<RbacRule> cluster, ImmutableArray<RbacRule> own)
    {
        StringBuilder yaml = new();
        yaml.Append("# Written by make generate from the action catalogue and the controllers' permissions: nothing more than these is asked for.\n");
        yaml.Append("---\napiVersion: v1\nkind: ServiceAccount\n");
        AppendMetadata(yaml, Namespace);
        AppendRole(yaml, "ClusterRole", null, RoleRule.Merge(cluster));
        AppendBinding(yaml, "ClusterRole", null);
        AppendRole(yaml, "Role", Namespace, RoleRule.Merge(own));
        AppendBinding(yaml, "Role", Namespace);
        return new("config/rbac/role.yaml", yaml.ToString());
    }

    /// <summary>The ClusterRole of an operator that watches: a patch that replaces all rules.</summary>
    /// <param name="controllers">Permissions in every namespace, without those of the actions.</param>
    public static GeneratedFile ObserveOnly(ImmutableArray<RbacRule> controllers) => Patch("config/overlays/observe-only/role.yaml", "ClusterRole", null, controllers,
        "what the controllers see and record; the actions' permissions are left out, so that nothing can be carried out.");

    /// <summary>What an operator of some namespaces alone has of the cluster: a patch that replaces all rules of the ClusterRole.</summary>
    /// <param name="cluster">Permissions on objects without a namespace.</param>
    public static GeneratedFile NamespacedCluster(ImmutableArray<RbacRule> cluster) => Patch("config/overlays/namespaced/cluster-role.yaml", "ClusterRole", null, cluster,
        "what is read of the objects of the cluster; kustomization.yaml names the namespaces that may be seen.");

    /// <summary>What an operator of some namespaces alone has in its own: a patch that replaces all rules of the Role.</summary>
    /// <param name="own">Permissions in the operator's own namespace.</param>
    public static GeneratedFile NamespacedOwn(ImmutableArray<RbacRule> own) => Patch("config/overlays/namespaced/own-role.yaml", "Role", Namespace, own,
        "what the operator does in its own namespace.");

    /// <summary>What an operator of some namespaces alone has in each of them.</summary>
    /// <param name="each">Permissions in each of its namespaces.</param>
    public static GeneratedFile NamespacedEach(ImmutableArray<RbacRule> each)
    {
        StringBuilder yaml = new();
        yaml.Append("# Written by make generate: what the operator does in a namespace that is its to watch.\n");
        AppendRole(yaml, "Role", null, RoleRule.Merge(each));
        AppendBinding(yaml, "Role", null);
        return new("config/overlays/namespaced/namespace/role.yaml", yaml.ToString());
    }

    /// <summary>What the option observeSecretNames needs, in a role of its own, so that nobody gives it without meaning to.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">ClusterRole for all namespaces, Role for one.</param>
    /// <param name="rules">Permissions on Secrets.</param>
    public static GeneratedFile SecretNames(string path, string kind, ImmutableArray<RbacRule> rules)
    {
        StringBuilder yaml = new();
        yaml.Append("# Written by make generate: what the option observeSecretNames needs, and nothing else does.\n");
        AppendRole(yaml, kind, null, RoleRule.Merge(rules), $"{Name}-secret-names");
        AppendBinding(yaml, kind, null, $"{Name}-secret-names");
        return new(path, yaml.ToString());
    }

    private static GeneratedFile Patch(string path, string kind, string? @namespace, ImmutableArray<RbacRule> rules, string what)
    {
        StringBuilder yaml = new();
        yaml.Append($"# Written by make generate: {what}\n");
        AppendRole(yaml, kind, @namespace, RoleRule.Merge(rules));
        return new(path, yaml.ToString());
    }

    private static void AppendMetadata(StringBuilder yaml, string? @namespace, string name = Name)
    {
        yaml.Append($"metadata:\n  name: {name}\n");
        if (@namespace is not null)
        {
            yaml.Append($"  namespace: {@namespace}\n");
        }
    }

    private static void AppendRole(StringBuilder yaml, string kind, string? @namespace, ImmutableArray<RoleRule> rules, string name = Name)
    {
        yaml.Append($"---\napiVersion: {RbacGroup}/v1\nkind: {kind}\n");
        AppendMetadata(yaml, @namespace, name);
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

    private static void AppendBinding(StringBuilder yaml, string kind, string? @namespace, string name = Name)
    {
        yaml.Append($"---\napiVersion: {RbacGroup}/v1\nkind: {kind}Binding\n");
        AppendMetadata(yaml, @namespace, name);
        yaml.Append($"roleRef:\n  apiGroup: {RbacGroup}\n  kind: {kind}\n  name: {name}\n");
        yaml.Append($"subjects:\n  - kind: ServiceAccount\n    name: {Name}\n    namespace: {Namespace}\n");
    }
}
