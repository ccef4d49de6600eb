using Firstline.EndToEnd.Tests.RealServer;
using Firstline.EndToEnd.Tests.RealServer.Attacks;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests.Install;

/// <summary>The stamping of config/admission-stamping, on a cluster of its own: it writes names on whatever anybody makes meanwhile.</summary>
[Collection(EmptyCluster.Name)]
public sealed class StampingTests(EmptyClusterFixture cluster)
{
    [SkippableFact]
    public async Task Stamping_writes_the_name_of_whoever_asks()
    {
        await cluster.RequireMutatingPoliciesAsync();
        await using Castle castle = await Castle.RaiseAsync(cluster.Kubeconfig);
        Kubectl kubectl = castle.Kubectl;
        await kubectl.RunAsync($"apply --server-side -k {Checkout.Folder}/config/admission-stamping");
        try
        {
            await castle.UntilStampedAsync(isWanted: true);
            await kubectl.RunAsync("annotate remreq fresh firstline.dev/approved=true", user: "carol");
            (await kubectl.RefusedAsync("annotate remreq unseen --overwrite firstline.dev/approved=true", "mallory")).Should().Contain("the operator has not recorded yet");
            (await kubectl.RefusedAsync("annotate remreq refused firstline.dev/approved=true", "mallory")).Should().Contain("the verb approve is missing");
            await kubectl.RunAsync("create -f -", Castle.Incident("by-mallory", "carol", "Manual"), "mallory");
            await kubectl.RunAsync("create -f -", Castle.Runbook("of-mallory", "x", "y"), "mallory");
            await kubectl.RunAsync("annotate rbk undo note=x", user: "carol");

            (await AnnotationAsync(kubectl, "remreq fresh", "approved")).Should().Be("carol");
            (await AnnotationAsync(kubectl, "inc by-mallory", "author")).Should().Be("mallory", "whatever was claimed");
            (await AnnotationAsync(kubectl, "rbk of-mallory", "author")).Should().Be("mallory");
            (await AnnotationAsync(kubectl, "rbk undo", "author")).Should().BeEmpty("it was there before");
        }
        finally
        {
            await kubectl.RunAsync($"delete -k {Checkout.Folder}/config/admission-stamping");
            await castle.UntilStampedAsync(isWanted: false);
        }
    }

    private static Task<string> AnnotationAsync(Kubectl kubectl, string what, string name) =>
        kubectl.RunAsync($"get {what} -o jsonpath={{.metadata.annotations.firstline\\.dev/{name}}}");
}
