using Firstline.Kube.Client;
using Firstline.Kube.Events;
using Firstline.Kube.Tests.Scripted;
using Microsoft.Extensions.Logging.Abstractions;

namespace Firstline.Kube.Tests.Events;

public sealed class EventRecorderTests
{
    [Theory]
    [InlineData("a proxy answers with a page of its own", "<html>please log in</html>", 200)]
    [InlineData("the answer is cut", """{"kind":"Event","metadata":{"name":""", 201)]
    [InlineData("the server refuses it", "no", 403)]
    public async Task RunAsync_stores_the_next_event_when(string situation, string answer, int code)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync();
        using KubeClient client = server.Client(options: new KubeClientOptions { MaxRetries = 0 });
        EventRecorder recorder = new(client, "the-test", "one", TimeProvider.System, NullLogger<EventRecorder>.Instance);
        using CancellationTokenSource stop = new();
        Task running = recorder.RunAsync(stop.Token, Patience.Token);
        ObjectReference about = new(PodView.Type, new("shop", "a"), "uid");

        recorder.Record(about, EventType.Normal, "First", "one");
        await (await server.NextAsync()).AnswerAsync(answer, code);
        recorder.Record(about, EventType.Normal, "Second", "two");
        Exchange second = await server.NextAsync();
        await second.AnswerAsync(ServerJson.Pod("e", "1"), 201);
        await stop.CancelAsync();
        await running;

        second.Body!["reason"]!.GetValue<string>().Should().Be("Second", situation);
    }
}
