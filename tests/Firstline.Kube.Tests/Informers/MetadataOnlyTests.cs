using Firstline.Api.Meta;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;
using Firstline.Kube.Tests.Scripted;

namespace Firstline.Kube.Tests.Informers;

/// <summary>What a query of metadata alone asks the server for: no request may leave the choice to it, since a Secret's values must never be sent.</summary>
public sealed class MetadataOnlyTests
{
    private static readonly ResourceQuery Secrets = new(new ResourceType("", "v1", "Secret", "secrets", ResourceScope.Namespaced), MetadataOnly: true);

    [Fact]
    public async Task List_and_watch_take_the_metadata_and_nothing_else()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        using KubeClient client = server.Client();
        using CancellationTokenSource lifetime = new();
        SharedInformers informers = new(client, TimeProvider.System);
        Informer<string> names = informers.Get<string>(Secrets, static json => ResourceHeader.Read(json).Name);
        informers.Start(lifetime.Token);

        Exchange list = await server.NextAsync();
        list.Header("Accept").Should().Be("application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
        await list.AnswerAsync(ServerJson.List("1"));
        Exchange watch = await server.NextAsync();
        watch.IsWatch.Should().BeTrue();
        watch.Header("Accept").Should().Be("application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1");

        names.HasSynced.Should().BeTrue();
        await lifetime.CancelAsync();
        await informers.StoppedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Probe_is_sent_no_object_whole_whatever_the_query_takes(bool metadataOnly)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        using KubeClient client = server.Client();
        Task probe = client.ProbeAsync(Secrets with { MetadataOnly = metadataOnly }, Patience.Token);

        Exchange list = await server.NextAsync();
        list.Query("limit").Should().Be("1");
        list.Header("Accept").Should().Be("application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
        await list.AnswerAsync(ServerJson.List("1"));
        await probe;
    }
}
