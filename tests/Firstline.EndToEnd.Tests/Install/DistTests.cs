using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests.Install;

/// <summary>The single file that <c>make dist</c> writes.</summary>
[Collection(EmptyCluster.Name)]
public sealed class DistTests(EmptyClusterFixture cluster)
{
    private const string Image = "registry.example:5000/team/firstline-operator@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [SkippableFact]
    public async Task Install_yaml_is_config_default_with_the_image_and_is_applied_by_one_command()
    {
        await cluster.RequireEmptyAsync();
        (int code, string output) = await Make.RunAsync("make", $"dist IMAGE={Image}");
        code.Should().Be(0, output);
        string file = Path.Combine(Checkout.Folder, "dist/install.yaml");

        string[] written = await File.ReadAllLinesAsync(file);
        string[] kustomized = (await cluster.Kubectl.RunAsync("kustomize config/default")).TrimEnd('\n').Split('\n');

        written.Select(static line => line.Contains(" image: ", StringComparison.Ordinal) ? "image" : line)
            .Should().Equal(kustomized.Select(static line => line.Contains(" image: ", StringComparison.Ordinal) ? "image" : line));
        written.Should().ContainSingle(static line => line.Contains(" image: ", StringComparison.Ordinal)).Which.Trim().Should().Be($"image: {Image}");
        await cluster.Kubectl.RunAsync($"apply --server-side -f {file}");
        (await cluster.Kubectl.RunAsync("get deployment firstline-operator -n firstline-system -o jsonpath={..image}")).Should().Be(Image);
    }

    [SkippableTheory]
    [InlineData("a space", "\"a b\"", "is no image reference")]
    [InlineData("a quote", "\"a\\\"b\"", "is no image reference")]
    [InlineData("no image", "\"\"", "IMAGE names no image: make dist IMAGE=registry.example/firstline-operator:0.1.0")]
    [InlineData("an overlay that is not there", "registry.example/firstline-operator:0.1.0 nowhere", "OVERLAY names no folder of config/overlays: nowhere")]
    public async Task What_names_no_image_or_no_overlay_is_refused(string situation, string arguments, string sentence)
    {
        Skip.If(OperatingSystem.IsWindows(), "make needs a Unix shell");
        (int code, string output) = await Make.RunAsync("operator/tools/dist.sh", arguments);

        code.Should().Be(2, situation);
        output.Should().Contain(sentence);
    }
}
