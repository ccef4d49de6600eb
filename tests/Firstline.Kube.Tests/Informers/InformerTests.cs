using Firstline.Api.Meta;
using Firstline.Kube.Informers;
using Firstline.Kube.Queue;
using Firstline.Kube.Tests.Scripted;

namespace Firstline.Kube.Tests.Informers;

public sealed class InformerTests
{
    private static NamespacedName Key(string name) => new("shop", name);

    [Fact]
    public async Task Find_shows_nothing_before_the_first_list_is_complete()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange first = await bench.Server.NextAsync();
        await first.AnswerAsync(ServerJson.Page("10", "next", ServerJson.Pod("a", "1")));
        Exchange second = await bench.Server.NextAsync();
        second.Query("continue").Should().Be("next");

        bench.Informer.Invoking(i => i.Find(Key("a"))).Should().Throw<TransientException>().WithMessage("*pods is not filled yet*");
        bench.HasNoChange.Should().BeTrue();

        await second.AnswerAsync(ServerJson.List("10", ServerJson.Pod("b", "2")));
        await bench.Informer.WaitForSyncAsync(Patience.Token);
        bench.Informer.List().Select(p => p.Metadata.Name).Should().BeEquivalentTo("a", "b");
    }

    [Fact]
    public async Task Watch_delivers_each_kind_of_change_with_old_and_new()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync("10", ServerJson.Pod("a", "5", "Pending"));
        (await bench.ChangeAsync()).New!.Phase.Should().Be("Pending");
        watch.Query("resourceVersion").Should().Be("10");
        watch.Query("allowWatchBookmarks").Should().Be("true");

        await watch.SendAsync(ServerJson.Frame("MODIFIED", ServerJson.Pod("a", "11", "Running")));
        ResourceChange<PodView> modified = await bench.ChangeAsync();
        (modified.Old!.Phase, modified.New!.Phase).Should().Be(("Pending", "Running"));

        await watch.SendAsync(ServerJson.Frame("ADDED", ServerJson.Pod("b", "12")));
        (await bench.ChangeAsync()).Should().Match<ResourceChange<PodView>>(c => c.Old == null && c.Key == Key("b"));

        await watch.SendAsync(ServerJson.Frame("DELETED", ServerJson.Pod("a", "13")));
        (await bench.ChangeAsync()).Should().Match<ResourceChange<PodView>>(c => c.IsDeleted && c.Old!.Phase == "Running");
        bench.Informer.Find(Key("a")).Should().BeNull();
    }

    /// <summary>KubeOps #585 and #739: after a disconnect the watcher stopped and nobody noticed.</summary>
    [Theory]
    [InlineData("the server ends the watch in order")]
    [InlineData("the connection is cut")]
    [InlineData("the connection is cut in the middle of a frame")]
    public async Task Watch_goes_on_from_the_last_event_after(string end)
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync("10");
        await watch.SendAsync(ServerJson.Frame("ADDED", ServerJson.Pod("a", "11")));
        await bench.ChangeAsync();
        await EndAsync(watch, end);

        Exchange again = await bench.WatchAsync();
        again.Query("resourceVersion").Should().Be("11");
        await again.SendAsync(ServerJson.Frame("ADDED", ServerJson.Pod("b", "12")));
        (await bench.ChangeAsync()).Key.Should().Be(Key("b"));
        bench.Informer.List().Should().HaveCount(2);
    }

    /// <summary>KubeOps #585 in its worst form: nobody closes the connection, it is just silent for ever.</summary>
    [Fact]
    public async Task List_is_read_again_when_the_connection_is_silent_for_too_long()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange dead = await bench.ListedAsync("10");
        await dead.SendAsync(ServerJson.Bookmark("20") + ServerJson.Frame("ADDED", ServerJson.Pod("a", "21")));
        await bench.ChangeAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(129));
        bench.Server.IsIdle.Should().BeTrue("less than the idle timeout has passed");
        bench.Clock.Advance(TimeSpan.FromSeconds(2));

        Exchange again = await bench.ListedAsync("40", ServerJson.Pod("a", "21"), ServerJson.Pod("missed", "30"));
        again.Query("resourceVersion").Should().Be("40");
        (await bench.ChangeAsync()).Key.Should().Be(Key("missed"));
        await dead.ClientGoneAsync();
    }

    [Fact]
    public async Task Watch_goes_on_from_a_bookmark_that_brought_no_change()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync("10");
        await watch.SendAsync(ServerJson.Bookmark("99"));
        watch.End();

        (await bench.WatchAsync()).Query("resourceVersion").Should().Be("99");
        bench.HasNoChange.Should().BeTrue();
    }

    /// <summary>KubeOps #793: "too old resource version" was answered by asking for the same version again, for ever.</summary>
    [Theory]
    [InlineData("an error frame in the watch")]
    [InlineData("the answer to the watch request")]
    public async Task Expired_version_leads_to_a_new_list_when_it_comes_as(string form)
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync("10", ServerJson.Pod("a", "5"));
        await bench.ChangeAsync();
        const string message = "too old resource version: 10 (500)";
        await (form.Contains("frame", StringComparison.Ordinal)
            ? watch.SendAsync(ServerJson.Error(410, "Expired", message))
            : watch.FailAsync(410, "Expired", message));

        Exchange list = await bench.Server.NextAsync();
        list.IsWatch.Should().BeFalse();
        list.Query("resourceVersion").Should().BeEmpty("the version that is too old must not be asked for again");
        await list.AnswerAsync(ServerJson.List("600", ServerJson.Pod("a", "5")));
        (await bench.WatchAsync()).Query("resourceVersion").Should().Be("600");
        bench.HasNoChange.Should().BeTrue("nothing had changed");
    }

    [Fact]
    public async Task Storm_of_410_is_met_with_growing_waits()
    {
        Backoff backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(25), 0);
        await using InformerBench bench = await InformerBench.StartAsync(backoff);
        Exchange watch = await bench.ListedAsync("10");
        foreach (int seconds in new[] { 1, 2, 4, 8, 16, 25, 25 })
        {
            await watch.FailAsync(410, "Expired", "too old resource version");
            await bench.Clock.TimerAsync(wait => wait == TimeSpan.FromSeconds(seconds));
            bench.Server.IsIdle.Should().BeTrue();
            bench.Clock.Advance(TimeSpan.FromSeconds(seconds));
            watch = await bench.ListedAsync("10");
        }
    }

    [Fact]
    public async Task Expired_continue_token_starts_the_list_from_its_beginning()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        await (await bench.Server.NextAsync()).AnswerAsync(ServerJson.Page("10", "next", ServerJson.Pod("old", "1")));
        await (await bench.Server.NextAsync()).FailAsync(410, "Expired", "The provided continue parameter is too old");

        Exchange again = await bench.Server.NextAsync();
        again.Query("continue").Should().BeEmpty();
        await again.AnswerAsync(ServerJson.List("20", ServerJson.Pod("new", "15")));
        (await bench.ChangeAsync()).Key.Should().Be(Key("new"));
        bench.Informer.List().Should().ContainSingle("what the broken list held is forgotten");
    }

    [Fact]
    public async Task Relist_delivers_deletions_changes_and_recreations_that_were_missed()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync(
            "10", ServerJson.Pod("gone", "1"), ServerJson.Pod("same", "2"), ServerJson.Pod("changed", "3"), ServerJson.Pod("reborn", "4", uid: "first"));
        for (int i = 0; i < 4; i++)
        {
            await bench.ChangeAsync();
        }

        await watch.FailAsync(410, "Expired", "too old resource version");
        await bench.ListedAsync("90", ServerJson.Pod("same", "2"), ServerJson.Pod("changed", "80"), ServerJson.Pod("reborn", "81", uid: "second"), ServerJson.Pod("new", "82"));

        List<string> changes = [];
        for (int i = 0; i < 5; i++)
        {
            ResourceChange<PodView> change = await bench.ChangeAsync();
            changes.Add($"{change.Key.Name} {(change.Old is null ? "added" : change.IsDeleted ? "deleted" : "modified")}");
        }

        changes.Should().BeEquivalentTo("gone deleted", "changed modified", "reborn deleted", "reborn added", "new added");
        bench.HasNoChange.Should().BeTrue();
        bench.Informer.Find(Key("gone")).Should().BeNull();
    }

    [Fact]
    public async Task Old_cache_stays_readable_while_a_relist_is_half_done()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync("10", ServerJson.Pod("a", "1"), ServerJson.Pod("b", "2"));
        await watch.FailAsync(410, "Expired", "too old resource version");
        await (await bench.Server.NextAsync()).AnswerAsync(ServerJson.Page("20", "next", ServerJson.Pod("a", "1")));
        await bench.Server.NextAsync();

        bench.Informer.List().Select(p => p.Metadata.Name).Should().BeEquivalentTo("a", "b");
    }

    [Fact]
    public async Task List_that_is_cut_in_the_middle_is_never_taken_for_a_whole_one()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange list = await bench.Server.NextAsync();
        string whole = ServerJson.List("10", ServerJson.Pod("a", "1"), ServerJson.Pod("b", "2"));
        await list.SendAsync(whole[..(whole.Length / 2)]);
        list.End();

        await bench.ListedAsync("11", ServerJson.Pod("a", "1"), ServerJson.Pod("b", "2"));
        bench.Informer.List().Should().HaveCount(2);
    }

    [Fact]
    public async Task Duplicate_and_late_events_do_not_turn_the_cache_back()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync("10", ServerJson.Pod("a", "9", "Pending"));
        await bench.ChangeAsync();
        await watch.SendAsync(
            ServerJson.Frame("MODIFIED", ServerJson.Pod("a", "12", "Running"))
            + ServerJson.Frame("MODIFIED", ServerJson.Pod("a", "11", "Pending"))
            + ServerJson.Frame("MODIFIED", ServerJson.Pod("a", "13", "Failed")));

        (await bench.ChangeAsync()).New!.Phase.Should().Be("Running");
        (await bench.ChangeAsync()).New!.Phase.Should().Be("Failed");
    }

    [Theory]
    [InlineData("an error that is no 410", """{"type":"ERROR","object":{"kind":"Status","code":500,"message":"etcdserver: leader changed"}}""")]
    [InlineData("a line that is no JSON", "<html>bad gateway</html>")]
    [InlineData("a frame of an unknown type", """{"type":"PARTY","object":{"metadata":{"resourceVersion":"50"}}}""")]
    public async Task Broken_frame_leads_to_a_new_watch_from_the_last_good_version(string situation, string frame)
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync("10");
        await watch.SendAsync(ServerJson.Frame("ADDED", ServerJson.Pod("a", "11")) + frame + "\n");

        (await bench.WatchAsync()).Query("resourceVersion").Should().Be("11", situation);
    }

    [Fact]
    public async Task Handler_that_throws_makes_no_other_deaf()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        bench.Informer.AddHandler(_ => throw new InvalidOperationException("a bug"));
        List<string> later = [];
        bench.Informer.AddHandler(change => later.Add(change.Key.Name));
        await bench.ListedAsync("10", ServerJson.Pod("a", "1"), ServerJson.Pod("b", "2"));

        later.Should().BeEquivalentTo("a", "b");
    }

    [Fact]
    public async Task AddHandler_that_comes_late_is_told_what_is_there()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        await bench.ListedAsync("10", ServerJson.Pod("a", "1"));
        List<string> seen = [];
        bench.Informer.AddHandler(change => seen.Add(change.Key.Name));

        seen.Should().Equal("a");
    }

    [Fact]
    public async Task ByIndex_follows_changes_and_deletions()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        bench.Informer.AddIndex("phase", pod => [pod.Phase]);
        Exchange watch = await bench.ListedAsync("10", ServerJson.Pod("a", "1", "Pending"), ServerJson.Pod("b", "2", "Pending"));
        await watch.SendAsync(ServerJson.Frame("MODIFIED", ServerJson.Pod("a", "11", "Running")) + ServerJson.Frame("DELETED", ServerJson.Pod("b", "12", "Pending")));
        for (int i = 0; i < 4; i++)
        {
            await bench.ChangeAsync();
        }

        bench.Informer.ByIndex("phase", "Running").Should().ContainSingle().Which.Metadata.Name.Should().Be("a");
        bench.Informer.ByIndex("phase", "Pending").Should().BeEmpty();
        bench.Informer.Invoking(i => i.ByIndex("node", "n1")).Should().Throw<InvalidOperationException>().WithMessage("*no index node*");
    }

    [Fact]
    public async Task LastContact_moves_with_every_sign_of_life()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        bench.Informer.LastContact.Should().Be(DateTimeOffset.MinValue);
        Exchange watch = await bench.ListedAsync("10");
        await watch.SendAsync(ServerJson.Frame("ADDED", ServerJson.Pod("first", "11")));
        await bench.ChangeAsync();
        DateTimeOffset listed = bench.Informer.LastContact;
        listed.Should().Be(bench.Clock.GetUtcNow());

        bench.Clock.Advance(TimeSpan.FromSeconds(60));
        bench.Informer.LastContact.Should().Be(listed, "silence is no contact");
        await watch.SendAsync(ServerJson.Bookmark("20") + ServerJson.Frame("ADDED", ServerJson.Pod("a", "21")));
        await bench.ChangeAsync();
        bench.Informer.LastContact.Should().Be(listed.AddSeconds(60));
    }

    [Fact]
    public async Task Get_gives_one_informer_per_query_and_refuses_a_second_type()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        bench.Informers.Get(bench.Informer.Query, TestJson.Default.PodView).Should().BeSameAs(bench.Informer);
        bench.Informers.Invoking(i => i.Get(bench.Informer.Query, TestJson.Default.ConfigMapView))
            .Should().Throw<InvalidOperationException>().WithMessage("pods is watched already as PodView*");
        bench.Informers.All.Should().ContainSingle();
    }

    private static async Task EndAsync(Exchange watch, string end)
    {
        if (end.Contains("middle", StringComparison.Ordinal))
        {
            await watch.SendAsync(ServerJson.Frame("ADDED", ServerJson.Pod("half", "12"))[..40]);
        }

        if (end.Contains("cut", StringComparison.Ordinal))
        {
            watch.Abort();
        }
        else
        {
            watch.End();
        }
    }
}
