using System.Text;
using Firstline.DevServer.Store;
using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Store;

public sealed class ObjectStoreTests
{
    private readonly ObjectStore store = new(window: 3);

    [Fact]
    public void TryCommit_counts_one_version_up_per_change_of_any_object()
    {
        StoredObject a = store.Create("a");
        StoredObject b = store.Create("b");
        StoredObject changed = store.TryCommit(a.Key, a, Objects.ConfigMap("a", "w"))!;

        new[] { a.Version, b.Version, changed.Version, store.Version }.Should().Equal(1, 2, 3, 3);
        changed.Json["metadata"]!["resourceVersion"]!.GetValue<string>().Should().Be("3");
    }

    [Fact]
    public void TryCommit_changes_nothing_when_somebody_else_was_faster()
    {
        StoredObject first = store.Create("a");
        store.TryCommit(first.Key, first, Objects.ConfigMap("a", "theirs"));

        store.TryCommit(first.Key, first, Objects.ConfigMap("a", "ours")).Should().BeNull();

        Objects.Value(store.Find(first.Key)!).Should().Be("theirs");
        store.Version.Should().Be(2);
    }

    [Fact]
    public void TryCommit_refuses_to_create_what_exists_and_to_delete_what_does_not()
    {
        store.Create("a");

        store.TryCommit(Objects.Key("a"), null, Objects.ConfigMap("a")).Should().BeNull();
        store.TryCommit(Objects.Key("b"), null, null).Should().BeNull();
    }

    [Fact]
    public void Snapshot_stays_as_it_was_when_the_store_goes_on()
    {
        store.Create("a");
        StoreSnapshot before = store.Snapshot("configmaps");
        store.Create("b");

        before.Objects.In(null).Select(item => item.Key.Name).Should().Equal("a");
        before.Version.Should().Be(1);
    }

    [Fact]
    public void TryCommit_lets_the_trees_of_old_versions_go_and_still_shows_them()
    {
        StoredObject first = store.Create("a", "old");
        WeakReference tree = TreeOf(first);
        StoredObject second = store.TryCommit(first.Key, first, Objects.ConfigMap("a", "new"))!;
        StoredObject last = store.TryCommit(first.Key, second, null)!;
        WeakReference lastTree = TreeOf(last);

        GC.Collect();

        new[] { tree.IsAlive, lastTree.IsAlive }.Should().Equal(false, false);
        new[] { Objects.Value(first), Objects.Value(second), Objects.Value(last) }.Should().Equal("old", "new", "new");
        first.Json["metadata"]!["resourceVersion"]!.GetValue<string>().Should().Be("1");
        GC.KeepAlive(store);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference TreeOf(StoredObject item) => new(item.Json);

    [Fact]
    public void SnapshotAt_undoes_creations_changes_and_deletions()
    {
        StoredObject a = store.Create("a", "old");
        StoredObject changed = store.TryCommit(a.Key, a, Objects.ConfigMap("a", "new"))!;
        store.Create("b");
        store.TryCommit(a.Key, changed, null);

        store.SnapshotAt("configmaps", 1).Objects.In(null).Select(Objects.Value).Should().Equal("old");
        store.SnapshotAt("configmaps", 3).Objects.In("default").Select(item => item.Key.Name).Should().Equal("a", "b");
    }

    [Fact]
    public void SnapshotAt_and_SubscribeFrom_say_when_the_history_does_not_reach_back()
    {
        foreach (string name in new[] { "a", "b", "c", "d", "e" })
        {
            store.Create(name);
        }

        store.Invoking(s => s.SnapshotAt("configmaps", 1)).Should().Throw<VersionExpiredException>().WithMessage("too old resource version: 1 (2)");
        store.Invoking(s => s.SubscribeFrom("configmaps", 1)).Should().Throw<VersionExpiredException>();
        store.SnapshotAt("configmaps", 2).Objects.In(null).Should().HaveCount(2);
    }

    [Fact]
    public void Other_resources_do_not_use_up_a_resources_history()
    {
        store.Create("a");
        for (int i = 0; i < 10; i++)
        {
            store.TryCommit(new ObjectKey("pods", "default", $"p{i}"), null, Objects.ConfigMap($"p{i}"));
        }

        store.SnapshotAt("configmaps", 1).Objects.In(null).Should().HaveCount(1);
    }

    [Fact]
    public async Task SubscribeFrom_sends_what_was_missed_and_then_what_comes_in_order()
    {
        StoredObject a = store.Create("a");
        store.TryCommit(a.Key, a, Objects.ConfigMap("a", "w"));
        using Subscription subscription = store.SubscribeFrom("configmaps", 1);
        store.TryCommit(a.Key, store.Find(a.Key), null);

        List<StoreEvent> seen = [];
        while (seen.Count < 2)
        {
            seen.Add(await subscription.Events.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        }

        seen.Select(change => (change.Type, change.Version)).Should().Equal((StoreEventType.Modified, 2), (StoreEventType.Deleted, 3));
        Objects.Value(seen[1].Object).Should().Be("w");
    }

    [Fact]
    public void A_disposed_subscription_gets_nothing_more()
    {
        Subscription subscription = store.Subscribe("configmaps");
        subscription.Dispose();
        store.Create("a");

        subscription.Events.TryRead(out _).Should().BeFalse();
    }

    [Fact]
    public void Body_is_the_object_without_its_type_so_that_every_version_can_put_its_own_before_it()
    {
        StoredObject item = store.Create("a");

        Encoding.UTF8.GetString(item.Body.Span).Should().StartWith("\"metadata\":{").And.EndWith("\"data\":{\"k\":\"v\"}}").And.NotContain("ConfigMap");
    }
}
