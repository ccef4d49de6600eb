using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;
using Firstline.Kube.Queue;
using Firstline.Kube.Tests.Scripted;

namespace Firstline.Kube.Tests.Informers;

/// <summary>An informer that reads what it covers in parts: the namespaces that it may read.</summary>
public sealed class InformerPartsTests : IAsyncLifetime, IDisposable
{
    private static readonly Backoff NoWait = new(TimeSpan.Zero, TimeSpan.Zero);
    private readonly CancellationTokenSource _lifetime = new();
    private readonly ManualTimeProvider _clock = new();
    private ScriptedServer? _server;
    private KubeClient? _client;
    private SharedInformers? _informers;
    private Informer<PodView>? _pods;

    public async Task InitializeAsync()
    {
        _server = await ScriptedServer.StartAsync();
        _client = _server.Client(_clock, new KubeClientOptions { MaxRetries = 0 });
        ImmutableArray<string> namespaces = ["shop", "bank"];
        _informers = new SharedInformers(
            _client, _clock, null, new InformerOptions { Reconnect = NoWait }, new Random(1), q => [.. namespaces.Select(ns => q with { Namespace = ns })]);
        _pods = _informers.Get(new ResourceQuery(PodView.Type), TestJson.Default.PodView);
        _informers.Start(_lifetime.Token);
    }

    public async Task DisposeAsync()
    {
        await _lifetime.CancelAsync();
        await _informers!.StoppedAsync();
        _client!.Dispose();
        await _server!.DisposeAsync();
    }

    public void Dispose() => _lifetime.Dispose();

    private Informer<PodView> Pods => _pods!;

    [Fact]
    public async Task Each_part_is_listed_and_watched_where_it_is_and_nothing_is_shown_before_all_are_listed()
    {
        Dictionary<string, Exchange> lists = await NextOfEachAsync();
        lists.Keys.Should().BeEquivalentTo("/api/v1/namespaces/shop/pods", "/api/v1/namespaces/bank/pods");
        await lists["/api/v1/namespaces/shop/pods"].AnswerAsync(ServerJson.List("10", ServerJson.Pod("a", "1")));
        Exchange shop = await _server!.NextAsync();
        (shop.IsWatch, shop.Path, shop.Query("resourceVersion")).Should().Be((true, "/api/v1/namespaces/shop/pods", "10"));
        (Pods.HasSynced, Pods.LastContact).Should().Be((false, DateTimeOffset.MinValue), "the other part was not read yet");
        Pods.Invoking(static p => p.List()).Should().Throw<TransientException>();

        await lists["/api/v1/namespaces/bank/pods"].AnswerAsync(ServerJson.List("20", ServerJson.Pod("a", "2", ns: "bank")));
        await Pods.WaitForSyncAsync(Patience.Token);

        Pods.List().Select(static p => NamespacedName.Of(p.Metadata)).Should().BeEquivalentTo([new NamespacedName("shop", "a"), new NamespacedName("bank", "a")]);
        Pods.List("bank").Should().ContainSingle();
    }

    [Fact]
    public async Task A_part_that_is_listed_anew_leaves_the_others_alone()
    {
        (Exchange shop, _) = await WatchedAsync(ServerJson.Pod("a", "1"), ServerJson.Pod("a", "2", ns: "bank"));
        List<ResourceChange<PodView>> changes = [];
        Pods.AddHandler(changes.Add);
        changes.Clear();

        await shop.SendAsync(ServerJson.Error(410, "Expired", "too old resource version"));
        shop.End();
        Exchange list = await _server!.NextAsync();
        await list.AnswerAsync(ServerJson.List("30"));
        await _server.NextAsync();

        changes.Should().ContainSingle().Which.Should().Match<ResourceChange<PodView>>(static c => c.IsDeleted && c.Key == new NamespacedName("shop", "a"));
        Pods.List().Should().ContainSingle().Which.Metadata.Namespace.Should().Be("bank");
    }

    [Fact]
    public async Task A_write_is_seen_once_its_own_part_has_shown_it_and_one_elsewhere_is_never_waited_for()
    {
        (Exchange shop, Exchange bank) = await WatchedAsync();
        await ShowAsync(bank, "bank", "50");

        HasSeen("bank", "45").Should().BeTrue();
        HasSeen("shop", "45").Should().BeFalse("versions of the other part tell nothing of this one");
        HasSeen("elsewhere", "45").Should().BeTrue("the cache will never hold it");

        await ShowAsync(shop, "shop", "46");
        HasSeen("shop", "45").Should().BeTrue();
    }

    [Fact]
    public async Task One_part_in_trouble_makes_the_whole_as_old_as_that_part()
    {
        (Exchange shop, Exchange bank) = await WatchedAsync();
        DateTimeOffset listed = Pods.LastContact;
        _clock.Advance(TimeSpan.FromSeconds(20));
        await ShowAsync(bank, "bank", "50");
        Pods.LastContact.Should().Be(listed);

        shop.End();
        Exchange again = await _server!.NextAsync();
        await again.FailAsync(403, "Forbidden", "pods is forbidden");
        await _server.NextAsync();

        Pods.Trouble.Should().Contain("pods is forbidden");
        Pods.Parts.Select(static p => p.ToString()).Should().Equal("pods in shop", "pods in bank");
    }

    [Theory]
    [InlineData("", "", "shop", "a", true)]
    [InlineData("shop", "", "shop", "a", true)]
    [InlineData("shop", "", "bank", "a", false)]
    [InlineData("", "metadata.name=a", "", "a", true)]
    [InlineData("", "metadata.name=a", "", "ab", false)]
    [InlineData("", "spec.nodeName=n", "shop", "a", true)]
    public void Covers_tells_by_namespace_and_name_alone(string ns, string fields, string keyNamespace, string keyName, bool expected) =>
        new ResourceQuery(PodView.Type, ns, "", fields).Covers(new NamespacedName(keyNamespace, keyName)).Should().Be(expected);

    private bool HasSeen(string ns, string version) =>
        _informers!.HaveSeen(PodView.Type, new ObjectMeta { Name = "new", Namespace = ns, Uid = "u", ResourceVersion = version });

    private async Task<(Exchange Shop, Exchange Bank)> WatchedAsync(string? inShop = null, string? inBank = null)
    {
        Dictionary<string, Exchange> lists = await NextOfEachAsync();
        await lists["/api/v1/namespaces/shop/pods"].AnswerAsync(ServerJson.List("10", inShop is null ? [] : [inShop]));
        Exchange shop = await _server!.NextAsync();
        await lists["/api/v1/namespaces/bank/pods"].AnswerAsync(ServerJson.List("20", inBank is null ? [] : [inBank]));
        Exchange bank = await _server.NextAsync();
        await Pods.WaitForSyncAsync(Patience.Token);
        return (shop, bank);
    }

    private async Task<Dictionary<string, Exchange>> NextOfEachAsync()
    {
        Exchange one = await _server!.NextAsync();
        Exchange other = await _server.NextAsync();
        return new() { [one.Path] = one, [other.Path] = other };
    }

    private async Task ShowAsync(Exchange watch, string ns, string version)
    {
        TaskCompletionSource shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Pods.AddHandler(change => _ = change.Key == new NamespacedName(ns, "late") && change.New!.Metadata.ResourceVersion == version && shown.TrySetResult());
        await watch.SendAsync(ServerJson.Frame("ADDED", ServerJson.Pod("late", version, ns: ns)));
        await shown.Task.WaitAsync(Patience.Limit);
    }
}
