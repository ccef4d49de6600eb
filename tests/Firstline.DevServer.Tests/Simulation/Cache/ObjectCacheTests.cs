using FluentAssertions;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Cache;
using Firstline.DevServer.Simulation.Client;
using Xunit;

namespace Firstline.DevServer.Tests.Simulation.Cache;

public class ObjectCacheTests
{
    private readonly ObjectCache _cache = new(Kinds.Pod, key => key.Namespace != "other");
    private readonly List<string> _changes = [];

    public ObjectCacheTests() =>
        _cache.Changed += (before, after) => _changes.Add($"{before?.ResourceVersion.ToString() ?? "-"}>{after?.ResourceVersion.ToString() ?? "-"}");

    [Fact]
    public void Put_keeps_the_newest_version()
    {
        _cache.Put(Pod("a", 5));
        _cache.Put(Pod("a", 4));
        _cache.Put(Pod("a", 5));

        _cache.Get(new NamespacedName("ns", "a"))!.ResourceVersion.Should().Be(5, "the watch may tell later of what our write answered");
        _changes.Should().Equal("->5");
    }

    [Fact]
    public void Put_passes_over_namespaces_that_are_not_wanted()
    {
        _cache.Put(Pod("a", 5, ns: "other"));
        _cache.All().Should().BeEmpty();
    }

    [Fact]
    public void OwnedBy_follows_the_owner()
    {
        _cache.Put(Pod("a", 1, owner: "set"));
        _cache.OwnedBy("set").Should().ContainSingle();

        _cache.Put(Pod("a", 2));
        _cache.OwnedBy("set").Should().BeEmpty("the pod was let go");
    }

    [Fact]
    public void Forget_ignores_what_the_watch_still_tells_of_the_deleted()
    {
        _cache.Put(Pod("a", 1));
        _cache.Forget(Pod("a", 1));
        _cache.Put(Pod("a", 2));
        _cache.All().Should().BeEmpty();

        _cache.Remove(Pod("a", 3));
        _cache.Put(Pod("a", 4, uid: "new"));
        _cache.All().Should().ContainSingle("another object may have its name");
    }

    [Fact]
    public void Replace_drops_what_is_gone()
    {
        _cache.Put(Pod("a", 1));
        _cache.Put(Pod("b", 2));
        _cache.Replace([Pod("b", 2), Pod("c", 3)]);

        _cache.All().Select(pod => pod.Name).Should().BeEquivalentTo("b", "c");
        _changes.Should().Equal("->1", "->2", "1>-", "->3");
    }

    private static KubeObject Pod(string name, int version, string ns = "ns", string? owner = null, string? uid = null)
    {
        string owners = owner is null ? "" : $",'ownerReferences':[{{'kind':'ReplicaSet','name':'{owner}','uid':'{owner}','controller':true}}]";
        return Json.Object($"{{'metadata':{{'name':'{name}','namespace':'{ns}','uid':'{uid ?? name}','resourceVersion':'{version}'{owners}}}}}");
    }
}
