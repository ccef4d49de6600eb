using Firstline.Api.Meta;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;
using Firstline.Kube.Queue;
using Firstline.Kube.Tests.Scripted;

namespace Firstline.Kube.Tests.Informers;

/// <summary>What a watch must live through without going deaf or turning the cache back.</summary>
public sealed class ReflectorTests
{
    private static readonly Backoff Growing = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(25), 0);

    private static readonly TimeSpan SlowPage = new KubeClientOptions().RequestTimeout - TimeSpan.FromSeconds(1);

    private static NamespacedName Key(string name) => new("shop", name);

    [Fact]
    public async Task Lists_that_fail_are_tried_again_with_growing_waits()
    {
        await using InformerBench bench = await InformerBench.StartAsync(Growing);
        foreach (int seconds in new[] { 1, 2, 4, 8, 16, 25, 25 })
        {
            await (await bench.Server.NextAsync()).FailAsync(500, "InternalError", "etcdserver: no leader");
            await bench.Clock.TimerAsync(wait => wait == TimeSpan.FromSeconds(seconds));
            bench.Clock.Advance(TimeSpan.FromSeconds(seconds));
        }
    }

    [Theory]
    [InlineData("longer than our own wait", "7", 7)]
    [InlineData("shorter than our own wait", "0", 1)]
    [InlineData("longer than anybody may make us deaf", "3600", 25)]
    public async Task Retry_after_is_honoured_within_bounds_when_it_is(string situation, string asked, int seconds)
    {
        await using InformerBench bench = await InformerBench.StartAsync(Growing);
        Exchange watch = await bench.ListedAsync("10");
        await watch.WithHeader("Retry-After", asked).FailAsync(429, "TooManyRequests", "too many requests");

        (await bench.Clock.TimerAsync(wait => wait == TimeSpan.FromSeconds(seconds))).TotalSeconds.Should().Be(seconds, situation);
    }

    [Fact]
    public async Task List_whose_pages_expire_is_read_as_one_the_next_time()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange first = await bench.Server.NextAsync();
        first.Query("limit").Should().Be("500");
        await first.AnswerAsync(ServerJson.Page("10", "next", ServerJson.Pod("a", "1")));
        await (await bench.Server.NextAsync()).FailAsync(410, "Expired", "The provided continue parameter is too old");

        Exchange whole = await bench.Server.NextAsync();
        (whole.Query("limit"), whole.Query("continue")).Should().Be(("", ""));
        await whole.AnswerAsync(ServerJson.List("20", ServerJson.Pod("a", "1")));
        await (await bench.WatchAsync()).FailAsync(410, "Expired", "too old resource version");
        (await bench.Server.NextAsync()).Query("limit").Should().Be("500", "only the list after the expiry is read as one");
    }

    [Fact]
    public async Task List_that_is_older_than_what_was_seen_does_not_turn_the_cache_back()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync("10", ServerJson.Pod("a", "9", "Pending"));
        await bench.ChangeAsync();
        await watch.SendAsync(ServerJson.Frame("MODIFIED", ServerJson.Pod("a", "60")) + ServerJson.Error(410, "Expired", "too old resource version"));
        await bench.ChangeAsync();
        await (await bench.Server.NextAsync()).AnswerAsync(ServerJson.List("10", ServerJson.Pod("a", "9", "Pending")));

        Exchange again = await bench.Server.NextAsync();
        again.IsWatch.Should().BeFalse("a list that is behind is read again");
        bench.Informer.Find(Key("a"))!.Phase.Should().Be("Running");
        bench.Informer.Trouble.Should().Be("cannot list pods: the answer is of version 10, older than 60, which was seen before");
        await again.AnswerAsync(ServerJson.List("61", ServerJson.Pod("a", "60")));
        await bench.WatchAsync();
        bench.HasNoChange.Should().BeTrue();
    }

    [Fact]
    public async Task Cluster_that_was_restored_from_a_backup_is_followed_in_the_end()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync("90", ServerJson.Pod("a", "80"), ServerJson.Pod("b", "81"));
        await watch.FailAsync(410, "Expired", "too old resource version");
        for (int i = 0; i < new InformerOptions().StaleLists; i++)
        {
            await (await bench.Server.NextAsync()).AnswerAsync(ServerJson.List("10", ServerJson.Pod("a", "9")));
        }

        (await bench.ListedAsync("10", ServerJson.Pod("a", "9"))).Query("resourceVersion").Should().Be("10");
        bench.Informer.List().Should().ContainSingle();
    }

    [Fact]
    public async Task Watch_from_a_version_that_the_server_never_had_leads_to_a_list()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync("90");
        await watch.AnswerAsync(
            """{"kind":"Status","apiVersion":"v1","status":"Failure","message":"Too large resource version: 90, current: 10","reason":"Timeout","code":504,"details":{"causes":[{"reason":"ResourceVersionTooLarge","message":"Too large resource version"}]}}""",
            504);

        (await bench.Server.NextAsync()).IsWatch.Should().BeFalse();
    }

    [Fact]
    public async Task Watch_that_brings_only_rubbish_leads_to_a_list()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync("10");
        await watch.SendAsync("<html>\n");
        await (await bench.WatchAsync()).SendAsync("<html>\n");
        await (await bench.WatchAsync()).SendAsync("<html>\n");

        (await bench.Server.NextAsync()).IsWatch.Should().BeFalse("asking for the same version for ever would be deafness");
    }

    [Fact]
    public async Task Late_event_does_not_bring_a_deleted_object_back()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync("10", ServerJson.Pod("a", "9"));
        await bench.ChangeAsync();
        await watch.SendAsync(
            ServerJson.Frame("DELETED", ServerJson.Pod("a", "12")) + ServerJson.Frame("MODIFIED", ServerJson.Pod("a", "11"))
            + ServerJson.Frame("ADDED", ServerJson.Pod("listed-before", "8")) + ServerJson.Frame("ADDED", ServerJson.Pod("b", "13")));

        (await bench.ChangeAsync()).IsDeleted.Should().BeTrue();
        (await bench.ChangeAsync()).Key.Should().Be(Key("b"));
        bench.Informer.List().Should().ContainSingle();
    }

    [Fact]
    public async Task Repeated_event_is_delivered_once()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync("10");
        string added = ServerJson.Frame("ADDED", ServerJson.Pod("a", "11"));
        await watch.SendAsync(added + added + ServerJson.Frame("ADDED", ServerJson.Pod("b", "12")));

        (await bench.ChangeAsync()).Key.Should().Be(Key("a"));
        (await bench.ChangeAsync()).Key.Should().Be(Key("b"));
    }

    [Fact]
    public async Task LastContact_stays_while_the_server_answers_but_has_not_shown_what_was_missed()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync("10");
        await watch.SendAsync(ServerJson.Frame("ADDED", ServerJson.Pod("a", "11")));
        await bench.ChangeAsync();
        DateTimeOffset listed = bench.Informer.LastContact;
        bench.Clock.Advance(TimeSpan.FromSeconds(100));
        await watch.SendAsync(ServerJson.Error(410, "Expired", "too old resource version"));
        await (await bench.Server.NextAsync()).AnswerAsync(ServerJson.Page("20", "next", ServerJson.Pod("a", "9")));
        Exchange second = await bench.Server.NextAsync();
        bench.Informer.LastContact.Should().Be(listed, "a half-read list leaves the cache as old as it is");

        DateTimeOffset asked = bench.Clock.GetUtcNow();
        bench.Clock.Advance(TimeSpan.FromSeconds(20));
        await second.AnswerAsync(ServerJson.List("20"));
        Exchange reopened = await bench.WatchAsync();
        bench.Informer.LastContact.Should().Be(asked, "a list shows the cluster as it was when it was asked for");

        reopened.Abort();
        await bench.WatchAsync();
        bench.Informer.LastContact.Should().Be(asked, "an open watch has shown nothing yet");
    }

    /// <summary>API servers promise no bookmarks: https://kubernetes.io/docs/reference/using-api/api-concepts/#watch-bookmarks.</summary>
    [Fact]
    public async Task Server_without_bookmarks_is_asked_now_and_then_so_that_a_quiet_cache_stays_current()
    {
        await using InformerBench bench = await InformerBench.StartAsync(Growing);
        await bench.ListedAsync("10", ServerJson.Pod("a", "9"));
        await bench.ChangeAsync();
        for (int minutes = 0; minutes < 30; minutes += 2)
        {
            BeSilent(bench, new InformerOptions().IdleTimeout);
            await (await bench.Server.NextAsync()).AnswerAsync(ServerJson.List("10", ServerJson.Pod("a", "9")));
            (await bench.WatchAsync()).Query("resourceVersion").Should().Be("10");
            bench.Informer.LastContact.Should().Be(bench.Clock.GetUtcNow());
            bench.Informer.Trouble.Should().BeNull("quiet is no trouble");
        }

        bench.HasNoChange.Should().BeTrue("the lists brought nothing new");
        bench.Log.Messages.Should().NotContain(static m => m.Contains("failed", StringComparison.Ordinal));
    }

    /// <summary>It ends a request itself after a minute: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/.</summary>
    [Fact]
    public async Task Slow_server_is_waited_for_as_long_as_it_may_take_for_a_list()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange list = await bench.Server.NextAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(60));
        await list.AnswerAsync(ServerJson.List("10", ServerJson.Pod("a", "9")));

        await bench.WatchAsync();
        (await bench.ChangeAsync()).Key.Should().Be(Key("a"));
    }

    [Fact]
    public async Task List_that_takes_longer_than_a_silence_may_is_followed_by_a_watch()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        for (TimeSpan taken = TimeSpan.Zero; taken <= new InformerOptions().IdleTimeout; taken += SlowPage)
        {
            Exchange page = await bench.Server.NextAsync();
            bench.Clock.Advance(SlowPage);
            await page.AnswerAsync(ServerJson.Page("10", "next", ServerJson.Pod("a", "9")));
        }

        Exchange watch = await bench.ListedAsync("10");
        await watch.SendAsync(ServerJson.Frame("ADDED", ServerJson.Pod("b", "11")));
        (await bench.ChangeAsync()).Key.Should().Be(Key("a"));
        (await bench.ChangeAsync()).Key.Should().Be(Key("b"));
    }

    [Fact]
    public async Task Silence_counts_over_watches_that_break_one_after_the_other()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync("10");
        foreach (int seconds in new[] { 60, 60 })
        {
            BeSilent(bench, TimeSpan.FromSeconds(seconds));
            watch.Abort();
            watch = await bench.WatchAsync();
        }

        bench.Clock.Advance(TimeSpan.FromSeconds(11));
        (await bench.Server.NextAsync()).IsWatch.Should().BeFalse("131 seconds without a frame");
    }

    [Fact]
    public async Task List_that_fails_after_a_silence_is_trouble_until_one_succeeds()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        await bench.ListedAsync("10");
        DateTimeOffset listed = bench.Informer.LastContact;
        BeSilent(bench, new InformerOptions().IdleTimeout);
        await (await bench.Server.NextAsync()).FailAsync(503, "ServiceUnavailable", "no leader");

        Exchange again = await bench.Server.NextAsync();
        again.IsWatch.Should().BeFalse();
        (bench.Informer.LastContact, bench.Informer.Trouble).Should().Match<(DateTimeOffset Contact, string? Trouble)>(s => s.Contact == listed && s.Trouble != null);
        await again.AnswerAsync(ServerJson.List("10"));
        await bench.WatchAsync();
        (bench.Informer.LastContact, bench.Informer.Trouble).Should().Be((bench.Clock.GetUtcNow(), null));
    }

    [Fact]
    public async Task Watches_that_a_server_ends_early_come_back_spread_over_time()
    {
        List<TimeSpan> waits = [];
        await using InformerBench bench = await InformerBench.StartAsync(Growing);
        Exchange watch = await bench.ListedAsync("10");
        for (int i = 0; i < 5; i++)
        {
            await watch.SendAsync(ServerJson.Bookmark($"{20 + i}"));
            watch.End();
            waits.Add(await bench.Clock.TimerAsync(wait => wait > TimeSpan.Zero && wait <= TimeSpan.FromSeconds(1)));
            bench.Clock.Advance(waits[^1]);
            watch = await bench.WatchAsync();
        }

        waits.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Watch_that_ends_in_its_time_is_opened_again_at_once()
    {
        await using InformerBench bench = await InformerBench.StartAsync(Growing);
        Exchange watch = await bench.ListedAsync("10");
        int seconds = int.Parse(watch.Query("timeoutSeconds"), System.Globalization.CultureInfo.InvariantCulture);
        seconds.Should().BeInRange(300, 600);
        string last = await LiveAsync(bench, watch, seconds);
        watch.End();

        (await bench.WatchAsync()).Query("resourceVersion").Should().Be(last);
    }

    [Fact]
    public async Task Watch_that_the_server_does_not_end_is_left_behind()
    {
        await using InformerBench bench = await InformerBench.StartAsync(Growing);
        Exchange watch = await bench.ListedAsync("10");
        int seconds = int.Parse(watch.Query("timeoutSeconds"), System.Globalization.CultureInfo.InvariantCulture);
        string last = await LiveAsync(bench, watch, seconds + 140);
        bench.Server.IsIdle.Should().BeTrue();
        bench.Clock.Advance(TimeSpan.FromSeconds(11));

        (await bench.WatchAsync()).Query("resourceVersion").Should().Be(last);
        await watch.ClientGoneAsync();
    }

    private static void BeSilent(InformerBench bench, TimeSpan time)
    {
        bench.Clock.Advance(time - TimeSpan.FromSeconds(1));
        bench.Server.IsIdle.Should().BeTrue("nobody polls");
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    /// <summary>Lets a watch live for a while, with a change now and then so that it is not silent.</summary>
    /// <returns>The version of the last change.</returns>
    private static async Task<string> LiveAsync(InformerBench bench, Exchange watch, int seconds)
    {
        string version = "";
        for (int lived = 0; lived < seconds; lived += 100)
        {
            version = $"{20 + lived}";
            await watch.SendAsync(ServerJson.Frame("MODIFIED", ServerJson.Pod("a", version)));
            await bench.ChangeAsync();
            bench.Clock.Advance(TimeSpan.FromSeconds(Math.Min(100, seconds - lived)));
        }

        return version;
    }
}
