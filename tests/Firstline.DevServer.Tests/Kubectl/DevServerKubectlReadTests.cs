using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Kubectl;

/// <summary>And what only the dev server says, because it says it in its own words.</summary>
[Collection(KubectlCollection.Name)]
public sealed class DevServerKubectlReadTests(DevKubectlServer server) : KubectlReadTests(server)
{
    private readonly DevKubectlServer _server = server;

    [SkippableFact]
    public async Task Version_warns_of_no_skew()
    {
        KubectlNamespace ns = await _server.NamespaceAsync();
        KubectlResult result = await ns.RunAsync("version");
        result.Output.Should().Contain("Server Version: v1.33.0-firstline");
        result.Error.Should().NotContain("WARNING");
    }

    [SkippableTheory]
    [InlineData("a field with its own words", "deployment.spec.replicas", "Number of wanted pods")]
    [InlineData("a nested list", "pod.spec.containers.image", "The image to run.")]
    [InlineData("an enum", "deployment.spec.strategy.type", "ENUM:\n    Recreate\n    RollingUpdate")]
    public async Task Explain_shows_in_its_own_words(string what, string path, string expected)
    {
        KubectlNamespace ns = await _server.NamespaceAsync();
        (await ns.RunAsync($"explain {path}")).Output.Should().Contain(expected, "{0} is explained", what);
    }

    [SkippableFact]
    public async Task Get_prints_wide_tables_of_built_in_kinds()
    {
        KubectlNamespace ns = await _server.NamespaceAsync();
        await ns.RunAsync("create -f -", KubectlManifests.Deployment);
        KubectlResult wide = await ns.RunAsync("get deploy -o wide");
        wide.Lines[0].Should().MatchRegex("CONTAINERS +IMAGES +SELECTOR");
        wide.Lines[1].Should().MatchRegex(@"^web +0/2 +0 +0 +\S+ +web +shop/web:1\.0 +app=web");
    }
}
