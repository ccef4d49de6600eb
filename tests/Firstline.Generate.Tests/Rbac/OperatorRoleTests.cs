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
        string[] mayWrite = ["events", "incidents", "incidents/status", "remediationrequests", "remediationrequests/status", "runbooks/status"];

        YamlStream stream = [];
        stream.Load(new StringReader(GeneratedFiles.All().Single(file => file.Path == "config/overlays/observe-only/role.yaml").Content));
        YamlSequenceNode rules = (YamlSequenceNode)stream.Documents.Single().RootNode["rules"];

        // A review is a question: nothing of it is stored.
        rules.Should().NotBeEmpty();
        rules.Where(rule => !Scalars(rule["resources"]).SequenceEqual(["subjectaccessreviews"]))
            .Where(rule => Scalars(rule["verbs"]).Except(["get", "list", "watch"]).Any()).SelectMany(rule => Scalars(rule["resources"]))
            .Should().BeSubsetOf(mayWrite);
    }

    private static IEnumerable<string?> Scalars(YamlNode list) => ((YamlSequenceNode)list).Select(node => ((YamlScalarNode)node).Value);

    private static IEnumerable<YamlNode> Documents()
    {
        YamlStream stream = [];
        stream.Load(new StringReader(OperatorRole.File([Restart, Pods], [Lease]).Content));
        return stream.Documents.Select(document => document.RootNode);
    }
}
