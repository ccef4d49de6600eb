using System.Text.Json;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;
using Firstline.Kube.Tests.Scripted;

namespace Firstline.Kube.Tests.Informers;

public sealed class SharedInformersTests
{
    private static readonly ResourceQuery Pods = new(PodView.Type);

    [Fact]
    public async Task Get_gives_the_informer_that_reads_as_asked_and_refuses_another_reading_of_the_same()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        using KubeClient client = server.Client();
        SharedInformers informers = new(client, TimeProvider.System);

        Informer<PodView> whole = informers.Get(Pods, TestJson.Default.PodView);
        informers.Get(Pods, TestJson.Default.PodView).Should().BeSameAs(whole);
        informers.Invoking(i => i.Get<PodView>(Pods, Small)).Should().Throw<InvalidOperationException>().WithMessage("pods is watched already, and read in another way*");

        Informer<PodView> small = informers.Get<PodView>(Pods with { Namespace = "shop" }, Small);
        informers.Get<PodView>(Pods with { Namespace = "shop" }, Small).Should().BeSameAs(small);
    }

    [Fact]
    public async Task Get_of_what_has_no_parts_gives_an_empty_informer_that_asks_for_nothing_and_is_never_behind()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        using KubeClient client = server.Client();
        SharedInformers informers = new(client, TimeProvider.System, parts: static _ => []);

        Informer<PodView> none = informers.Get(Pods, TestJson.Default.PodView);
        informers.Start(Patience.Token);
        await informers.WaitForSyncAsync(Patience.Token);

        (none.List().IsEmpty, none.LastContact, none.Trouble, server.IsIdle).Should().Be((true, DateTimeOffset.MaxValue, null, true));
        informers.HaveSeen(PodView.Type, new Api.Meta.ObjectMeta { Name = "a", Namespace = "shop", ResourceVersion = "1" }).Should().BeTrue("it will never be seen");
    }

    private static PodView Small(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, TestJson.Default.PodView)! with { Status = null };
}
