using System.Text.Json.Nodes;
using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Http;

public sealed class DeleteTests(RunningServer running) : IClassFixture<RunningServer>
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private const string Pods = "/api/v1/namespaces/default/pods";

    private readonly ApiClient api = running.Client;

    [Theory]
    [InlineData("{'preconditions':{'uid':'zz'}}", "the UID in the precondition (zz) does not match the UID in record*")]
    [InlineData("{'preconditions':{'resourceVersion':'0'}}", "the ResourceVersion in the precondition (0) does not match the ResourceVersion in record*")]
    public async Task Delete_holds_its_preconditions(string options, string why)
    {
        await api.PostAsync(ConfigMaps, "{'metadata':{'name':'pre'}}");

        ApiAnswer answer = await api.DeleteAsync($"{ConfigMaps}/pre", options);

        answer.Code.Should().Be(409);
        answer.Message.Should().Match($"Operation cannot be fulfilled on ConfigMap \"pre\": {why}");
    }

    [Fact]
    public async Task A_finalizer_holds_an_object_until_it_is_taken_away()
    {
        await api.PostAsync(ConfigMaps, "{'metadata':{'name':'held','finalizers':['a.b/c']}}");

        ApiAnswer marked = await api.DeleteAsync($"{ConfigMaps}/held");
        ApiAnswer more = await api.PatchAsync($"{ConfigMaps}/held", "{'metadata':{'finalizers':['a.b/c','x.y/z']}}");
        await api.PatchAsync($"{ConfigMaps}/held", "{'metadata':{'finalizers':null}}");

        marked.Body["metadata"]!["deletionTimestamp"].Should().NotBeNull();
        more.Message.Should().Contain("no new finalizers can be added if the object is being deleted, found new finalizers []string{\"x.y/z\"}");
        (await api.GetAsync($"{ConfigMaps}/held")).Code.Should().Be(404);
    }

    [Fact]
    public async Task A_pod_on_a_node_stays_until_its_kubelet_deletes_it()
    {
        await api.PostAsync(Pods, "{'metadata':{'name':'graceful'},'spec':{'nodeName':'n1','containers':[{'name':'c','image':'i'}]}}");

        ApiAnswer marked = await api.DeleteAsync($"{Pods}/graceful");
        int during = (await api.GetAsync($"{Pods}/graceful")).Code;
        await api.DeleteAsync($"{Pods}/graceful", "{'gracePeriodSeconds':0}");

        marked.Body["metadata"]!["deletionGracePeriodSeconds"]!.GetValue<int>().Should().Be(30);
        during.Should().Be(200);
        (await api.GetAsync($"{Pods}/graceful")).Code.Should().Be(404);
    }

    [Fact]
    public async Task A_pod_that_was_never_scheduled_goes_at_once()
    {
        await api.PostAsync(Pods, "{'metadata':{'name':'unbound'},'spec':{'containers':[{'name':'c','image':'i'}]}}");

        await api.DeleteAsync($"{Pods}/unbound");

        (await api.GetAsync($"{Pods}/unbound")).Code.Should().Be(404);
    }

    [Fact]
    public async Task Objects_without_owners_left_are_collected()
    {
        string uid = await OwnerAsync("bg-owner");
        await OwnedAsync("bg-child", "bg-owner", uid);
        using WatchReader watch = await api.WatchAsync($"{ConfigMaps}?watch=1&fieldSelector=metadata.name%3Dbg-child");
        await watch.NextAsync();

        await api.DeleteAsync($"{ConfigMaps}/bg-owner");

        (await watch.NextNameAsync()).Should().Be("DELETED bg-child");
    }

    [Fact]
    public async Task Foreground_deletion_takes_the_children_first()
    {
        string uid = await OwnerAsync("fg-owner");
        await OwnedAsync("fg-child", "fg-owner", uid, "'blockOwnerDeletion':true,");
        string version = (await api.GetAsync(ConfigMaps)).Version;
        using WatchReader watch = await api.WatchAsync($"{ConfigMaps}?watch=1&resourceVersion={version}");

        await api.DeleteAsync($"{ConfigMaps}/fg-owner", "{'propagationPolicy':'Foreground'}");

        List<string> seen = [];
        while (!seen.Contains("DELETED fg-owner"))
        {
            seen.Add(await watch.NextNameAsync());
        }

        seen.IndexOf("DELETED fg-child").Should().BeInRange(0, seen.IndexOf("DELETED fg-owner") - 1);
    }

    [Fact]
    public async Task Orphaned_children_lose_their_owner_and_stay()
    {
        string uid = await OwnerAsync("or-owner");
        await OwnedAsync("or-child", "or-owner", uid);
        using WatchReader watch = await api.WatchAsync($"{ConfigMaps}?watch=1&fieldSelector=metadata.name%3Dor-child");
        await watch.NextAsync();

        await api.DeleteAsync($"{ConfigMaps}/or-owner", "{'propagationPolicy':'Orphan'}");

        JsonNode change = (await watch.NextAsync())!;
        change["type"]!.GetValue<string>().Should().Be("MODIFIED");
        change["object"]!["metadata"]!["ownerReferences"].Should().BeNull();
    }

    [Fact]
    public async Task A_deleted_namespace_is_emptied_takes_nothing_new_and_goes()
    {
        await api.PostAsync("/api/v1/namespaces", "{'metadata':{'name':'closing'}}");
        await api.PostAsync("/api/v1/namespaces/closing/configmaps", "{'metadata':{'name':'a'}}");
        await api.PostAsync("/api/v1/namespaces/closing/configmaps", "{'metadata':{'name':'held','finalizers':['a.b/c']}}");
        using WatchReader watch = await api.WatchAsync("/api/v1/namespaces?watch=1&fieldSelector=metadata.name%3Dclosing");
        await watch.NextAsync();

        await api.DeleteAsync("/api/v1/namespaces/closing");
        ApiAnswer refused = await api.PostAsync("/api/v1/namespaces/closing/configmaps", "{'metadata':{'name':'late'}}");
        await api.PatchAsync("/api/v1/namespaces/closing/configmaps/held", "{'metadata':{'finalizers':null}}");

        (refused.Code, refused.Message).Should().Be(
            (403, "configmaps \"late\" is forbidden: unable to create new content in namespace closing because it is being terminated"));
        string last = "";
        while (!last.StartsWith("DELETED", StringComparison.Ordinal))
        {
            last = await watch.NextNameAsync();
        }

        (await api.GetAsync("/api/v1/namespaces/closing/configmaps")).Names.Should().BeEmpty();
    }

    [Fact]
    public async Task A_collection_is_deleted_by_selector()
    {
        await api.PostAsync(ConfigMaps, "{'metadata':{'name':'sel-a','labels':{'go':'yes'}}}");
        await api.PostAsync(ConfigMaps, "{'metadata':{'name':'sel-b'}}");

        await api.DeleteAsync($"{ConfigMaps}?labelSelector=go%3Dyes");

        (await api.GetAsync(ConfigMaps)).Names.Should().Contain("sel-b").And.NotContain("sel-a");
    }

    [Fact]
    public async Task Eviction_waits_for_the_budget()
    {
        const string budget = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";
        const string eviction = "{'apiVersion':'policy/v1','kind':'Eviction','metadata':{'name':'evicted','namespace':'default'}}";
        await api.PostAsync(Pods, "{'metadata':{'name':'evicted','labels':{'app':'e'}},'spec':{'containers':[{'name':'c','image':'i'}]}}");
        await api.PatchAsync($"{Pods}/evicted/status", "{'status':{'phase':'Running','conditions':[{'type':'Ready','status':'True'}]}}");
        await api.PostAsync(budget, "{'metadata':{'name':'b'},'spec':{'minAvailable':1,'selector':{'matchLabels':{'app':'e'}}}}");
        await api.PatchAsync($"{budget}/b/status", "{'status':{'observedGeneration':1,'disruptionsAllowed':0,'currentHealthy':1,'desiredHealthy':1,'expectedPods':1}}");

        ApiAnswer refused = await api.PostAsync($"{Pods}/evicted/eviction", eviction);
        await api.PatchAsync($"{budget}/b/status", "{'status':{'disruptionsAllowed':1}}");
        ApiAnswer done = await api.PostAsync($"{Pods}/evicted/eviction", eviction);

        (refused.Code, refused.Message).Should().Be((429, "Cannot evict pod as it would violate the pod's disruption budget."));
        refused.Body["details"]!["causes"]![0]!["message"]!.GetValue<string>().Should().Be("The disruption budget b needs 1 healthy pods and has 1 currently");
        done.Code.Should().Be(201);
        (await api.GetAsync($"{budget}/b")).Body["status"]!["disruptionsAllowed"]!.GetValue<int>().Should().Be(0);
    }

    private async Task<string> OwnerAsync(string name) =>
        (await api.PostAsync(ConfigMaps, $"{{'metadata':{{'name':'{name}'}}}}")).Body["metadata"]!["uid"]!.GetValue<string>();

    private Task<ApiAnswer> OwnedAsync(string name, string owner, string uid, string more = "") => api.PostAsync(
        ConfigMaps, $"{{'metadata':{{'name':'{name}','ownerReferences':[{{{more}'apiVersion':'v1','kind':'ConfigMap','name':'{owner}','uid':'{uid}'}}]}}}}");
}
