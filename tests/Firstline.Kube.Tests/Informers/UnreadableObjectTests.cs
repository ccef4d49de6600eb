using Firstline.Api.Meta;
using Firstline.Kube.Informers;
using Firstline.Kube.Tests.Scripted;

namespace Firstline.Kube.Tests.Informers;

/// <summary>An object that a newer API server or a bug wrote in a shape that a projection cannot read is neither deleted nor current.</summary>
public sealed class UnreadableObjectTests
{
    private static readonly NamespacedName A = new("shop", "a");

    private static string Broken(string name, string version, string uid = "") =>
        ServerJson.Pod(name, version, uid: uid).Replace("\"Running\"", "{}", StringComparison.Ordinal);

    [Fact]
    public async Task Event_keeps_the_last_value_marks_it_and_hides_no_other()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync("10", ServerJson.Pod("a", "1", "Pending"));
        await bench.ChangeAsync();
        await watch.SendAsync(ServerJson.Frame("MODIFIED", Broken("a", "11")) + ServerJson.Frame("ADDED", ServerJson.Pod("b", "12")));

        (await bench.ChangeAsync()).Key.Name.Should().Be("b", "nothing is known of a change of a");
        bench.Informer.Find(A)!.Phase.Should().Be("Pending");
        bench.Informer.Unreadable.Should().Equal(new UnreadableObject(PodView.Type, A, "its field status.phase does not have the expected shape"));
        bench.Log.Messages.Should().ContainSingle(m => m.Contains("shop/a: the object cannot be decoded", StringComparison.Ordinal))
            .Which.Should().EndWith("its field status.phase does not have the expected shape");
    }

    [Fact]
    public async Task Readable_version_replaces_the_kept_one_and_takes_the_mark_away()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync("10", ServerJson.Pod("a", "1", "Pending"));
        await bench.ChangeAsync();
        await watch.SendAsync(ServerJson.Frame("MODIFIED", Broken("a", "11")) + ServerJson.Frame("MODIFIED", ServerJson.Pod("a", "12", "Failed")));

        ResourceChange<PodView> change = await bench.ChangeAsync();
        (change.Old!.Phase, change.New!.Phase).Should().Be(("Pending", "Failed"));
        bench.Informer.Unreadable.Should().BeEmpty();
        bench.Log.Messages.Should().ContainSingle(m => m.Contains("shop/a: the object can be decoded again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Late_readable_version_does_not_take_the_mark_of_a_newer_one_away()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync("10", ServerJson.Pod("a", "1"));
        await bench.ChangeAsync();
        await watch.SendAsync(
            ServerJson.Frame("MODIFIED", Broken("a", "13")) + ServerJson.Frame("MODIFIED", ServerJson.Pod("a", "12")) + ServerJson.Frame("ADDED", ServerJson.Pod("b", "14")));

        (await bench.ChangeAsync()).Key.Name.Should().Be("b");
        bench.Informer.Unreadable.Should().ContainSingle();
    }

    [Fact]
    public async Task Deletion_is_delivered_though_the_last_version_cannot_be_decoded()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync("10", ServerJson.Pod("a", "1", "Pending"));
        await bench.ChangeAsync();
        await watch.SendAsync(ServerJson.Frame("MODIFIED", Broken("a", "11")) + ServerJson.Frame("DELETED", Broken("a", "12")));

        (await bench.ChangeAsync()).Should().Match<ResourceChange<PodView>>(c => c.IsDeleted && c.Old!.Phase == "Pending");
        bench.Informer.Unreadable.Should().BeEmpty();
    }

    [Fact]
    public async Task Another_object_of_the_name_ends_the_one_before_it_even_when_it_cannot_be_decoded()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync("10", ServerJson.Pod("a", "1", uid: "first"));
        await bench.ChangeAsync();
        await watch.SendAsync(ServerJson.Frame("ADDED", Broken("a", "11", uid: "second")));

        (await bench.ChangeAsync()).IsDeleted.Should().BeTrue("the first object is surely gone");
        bench.Informer.Unreadable.Should().ContainSingle();
    }

    [Fact]
    public async Task List_keeps_what_it_cannot_decode_and_marks_what_it_never_could()
    {
        await using InformerBench bench = await InformerBench.StartAsync();
        Exchange watch = await bench.ListedAsync("10", ServerJson.Pod("a", "1", "Pending"), Broken("new", "2"), ServerJson.Pod("c", "3"));
        bench.Informer.Unreadable.Select(o => o.Key.Name).Should().Equal("new");
        await watch.FailAsync(410, "Expired", "too old resource version");
        await bench.ListedAsync("20", Broken("a", "11"), ServerJson.Pod("new", "12"), ServerJson.Pod("c", "13"));

        bench.Informer.Find(A)!.Phase.Should().Be("Pending");
        bench.Informer.Find(new("shop", "new")).Should().NotBeNull();
        bench.Informer.Unreadable.Select(o => o.Key).Should().Equal(A);
        bench.Log.Messages.Count(m => m.Contains("cannot be decoded", StringComparison.Ordinal)).Should().Be(2, "one sentence for each version");
    }
}
