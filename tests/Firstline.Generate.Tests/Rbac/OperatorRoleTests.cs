using Firstline.Core.Actions;
using Firstline.Generate.Rbac;
using FluentAssertions;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Firstline.Generate.Tests.Rbac;

public sealed class OperatorRoleTests
{
    private static readonly RbacRule Restart = new("apps", "deployments", ["patch"], "Restarts a workload: \"rollout restart\".");
    private static readonly RbacRule Pods = new("", "pods", ["get", "list", "watch"], "Sees crashes.");
    private static readonly RbacRule Lease = new("coordination.k8s.io", "leases", ["get", "create", "update"], "One operator acts at a time.");

    [Fact]
    public void File_says_why_above_each_rule() => OperatorRole.File([Restart, Pods], [Lease]).Content.Should().Contain("""
          # deployments: Restarts a workload: "rollout restart".
          - apiGroups: [apps]
            resources: [deployments]
            verbs: [patch]
        """);

    [Fact]
    public void File_holds_both_roles_with_their_bindings() => Documents().Select(document => $"{document["kind"]} {document["metadata"]["name"]}")
        .Should().Equal("ServiceAccount firstline-operator", "ClusterRole firstline-operator", "ClusterRoleBinding firstline-operator", "Role firstline-operator", "RoleBinding firstline-operator");

    [Fact]
    public void File_quotes_the_core_group() =>
        Documents().ElementAt(1)["rules"][0]["apiGroups"][0].Should().Be(new YamlScalarNode(""));

    [Fact]
    public void File_without_rules_allows_nothing() => OperatorRole.File([], []).Content.Should().Contain("rules: []");

    [Fact]
    public void Observe_only_role_of_this_operator_can_write_nothing_but_its_own_records()
    {
        string[] mayWrite = ["events", "incidents", "incidents/status", "remediationpolicies/status", "remediationrequests", "remediationrequests/status", "runbooks/status"];

        YamlStream stream = [];
        stream.Load(new StringReader(GeneratedFiles.All().Single(file => file.Path == "config/overlays/observe-only/role.yaml").Content));
        YamlSequenceNode rules = (YamlSequenceNode)stream.Documents.Single().RootNode["rules"];

        // A review is a question: nothing of it is stored.
        rules.Should().NotBeEmpty();
        rules.Where(rule => !Scalars(rule["resources"]).SequenceEqual(["subjectaccessreviews"]))
            .Where(rule => Scalars(rule["verbs"]).Except(["get", "list", "watch"]).Any()).SelectMany(rule => Scalars(rule["resources"]))
            .Should().BeSubsetOf(mayWrite);
    }

    [Fact]
    public void Namespaced_roles_of_this_operator_together_have_its_rights_but_for_what_is_the_clusters()
    {
        string[] cluster = [.. RightsIn("config/overlays/namespaced/cluster-role.yaml")];
        string[] each = [.. RightsIn("config/overlays/namespaced/namespace/role.yaml")];
        string[] own = [.. RightsIn("config/overlays/namespaced/own-role.yaml")];

        cluster.Where(static right => right.Split(' ')[1] is not ("get" or "list" or "watch")).Should().Equal(["subjectaccessreviews create"], "a review stores nothing");
        RightsIn("config/rbac/role.yaml").Except(cluster).Except(each).Except(own).Select(static right => right.Split(' ')[0].Split('/')[0]).Distinct().Should().BeSubsetOf(["nodes", "persistentvolumes", "remediationpolicies", "storageclasses", "ingressclasses", "mutatingwebhookconfigurations", "validatingwebhookconfigurations"], "these are the cluster's");
        each.Intersect(cluster).Should().BeEmpty();
    }

    [Fact]
    public void Namespaced_overlay_names_its_namespaces_in_the_first_rule_of_the_cluster()
    {
        YamlStream stream = [];
        stream.Load(new StringReader(GeneratedFiles.All().Single(static file => file.Path == "config/overlays/namespaced/cluster-role.yaml").Content));

        Scalars(stream.Documents.Single().RootNode["rules"][0]["resources"]).Should().Equal("namespaces");
    }

    [Fact]
    public void Secrets_may_be_listed_by_the_roles_of_the_component_alone() => GeneratedFiles.All().Where(static file => file.Path.EndsWith("role.yaml", StringComparison.Ordinal))
        .Where(static file => RightsIn(file.Path).Any(static right => right.StartsWith("secrets", StringComparison.Ordinal))).Select(static file => file.Path)
        .Should().Equal("config/components/secret-names/namespace/role.yaml", "config/components/secret-names/role.yaml");

    [Fact]
    public void Component_for_the_names_of_Secrets_gives_list_and_watch_of_them_and_nothing_else() =>
        RightsIn("config/components/secret-names/role.yaml").Should().Equal("secrets list", "secrets watch");

    private static IEnumerable<string> RightsIn(string path)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(GeneratedFiles.All().Single(file => file.Path == path).Content));
        return from document in stream.Documents
               where document.RootNode["kind"].ToString() is "ClusterRole" or "Role"
               from rule in (YamlSequenceNode)document.RootNode["rules"]
               from resource in Scalars(rule["resources"])
               from verb in Scalars(rule["verbs"])
               select $"{resource} {verb}";
    }

    private static IEnumerable<string?> Scalars(YamlNode list) => ((YamlSequenceNode)list).Select(node => ((YamlScalarNode)node).Value);

    private static IEnumerable<YamlNode> Documents()
    {
        YamlStream stream = [];
        stream.Load(new StringReader(OperatorRole.File([Restart, Pods], [Lease]).Content));
        return stream.Documents.Select(document => document.RootNode);
    }
}
