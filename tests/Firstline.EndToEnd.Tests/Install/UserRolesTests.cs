using Firstline.EndToEnd.Tests.RealServer;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests.Install;

/// <summary>What the roles for people allow on a real API server: bound by themselves, and by the cluster's own roles that they are part of.</summary>
[Collection(EmptyCluster.Name)]
public sealed class UserRolesTests(EmptyClusterFixture cluster)
{
    private static readonly string[] Verbs =
    [
        "get incidents", "create incidents", "patch incidents", "get remediationrequests", "create remediationrequests", "patch remediationrequests",
        "approve remediationrequests", "get runbooks", "patch runbooks", "approve runbooks", "patch remediationpolicies",
    ];

    [SkippableTheory]
    [InlineData("firstline-viewer", "get incidents, get remediationrequests, get runbooks")]
    [InlineData("firstline-responder", "get incidents, create incidents, patch incidents, get remediationrequests, get runbooks")]
    [InlineData("firstline-runbook-author", "get runbooks, patch runbooks")]
    [InlineData("firstline-approver", "get incidents, get remediationrequests, patch remediationrequests, approve remediationrequests, get runbooks, patch runbooks, approve runbooks")]
    [InlineData("view", "get incidents, get remediationrequests, get runbooks")]
    [InlineData("edit", "get incidents, create incidents, patch incidents, get remediationrequests, get runbooks, patch runbooks")]
    [InlineData("admin", "get incidents, create incidents, patch incidents, get remediationrequests, get runbooks, patch runbooks")]
    public async Task Role_in_a_namespace_allows_just_this(string role, string allowed)
    {
        await cluster.RequireInstalledAsync();
        Kubectl kubectl = cluster.Kubectl;
        string user = $"user-of-{role}";
        await kubectl.RunAsync($"create rolebinding {user} --clusterrole={role} --user={user} -n default");

        List<string> may = [];
        foreach (string verb in Verbs)
        {
            string answer = await kubectl.AnswerAsync($"auth can-i {verb}.firstline.dev -n default", user);
            may.AddRange(answer.Split('\n').Contains("yes") ? [verb] : []);
        }

        await kubectl.RunAsync($"delete rolebinding {user} -n default");
        may.Should().Equal(allowed.Split(", "));
    }

    [SkippableFact]
    public async Task A_viewer_of_the_whole_cluster_reads_policies_too()
    {
        await cluster.RequireInstalledAsync();
        await cluster.Kubectl.RunAsync("create clusterrolebinding all-viewer --clusterrole=view --user=victor");

        string answer = await cluster.Kubectl.AnswerAsync("auth can-i get remediationpolicies.firstline.dev", "victor");

        await cluster.Kubectl.RunAsync("delete clusterrolebinding all-viewer");
        answer.Should().Contain("yes");
    }
}
