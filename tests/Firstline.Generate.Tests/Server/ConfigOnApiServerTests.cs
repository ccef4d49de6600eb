using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.Generate.Tests.Server;

/// <summary>Tries what the documentation tells people to apply.</summary>
public sealed class ConfigOnApiServerTests(ApiServerFixture server) : IClassFixture<ApiServerFixture>
{
    [SkippableFact]
    public async Task Default_holds_everything_a_cluster_needs()
    {
        (bool succeeded, string output) = await server.Kubectl.RunAsync($"kustomize {Checkout.Folder}/config/default");

        succeeded.Should().BeTrue(output);
        output.Split('\n').Where(line => line.StartsWith("kind: ", StringComparison.Ordinal)).Select(line => line[6..]).Distinct().Should().Contain(
        [
            "Namespace", "CustomResourceDefinition", "ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding",
            "Deployment", "Service", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding",
        ]);
    }

    [SkippableTheory]
    [InlineData("apply --dry-run=server --validate=strict -k", "config/samples")]
    [InlineData("apply --dry-run=server --validate=strict --server-side --force-conflicts -k", "config/crd")]
    [InlineData("apply --dry-run=server --validate=strict --server-side --force-conflicts -f", "crds/")]
    [InlineData("apply --dry-run=server --validate=strict --server-side --force-conflicts -k", "config/admission")]
    public async Task Folder_is_accepted(string command, string folder)
    {
        (bool succeeded, string output) = await server.Kubectl.RunAsync($"{command} {Checkout.Folder}/{folder}");

        succeeded.Should().BeTrue(output);
    }
}
