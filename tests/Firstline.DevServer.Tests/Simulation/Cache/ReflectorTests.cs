using System.Net;
using System.Text;
using FluentAssertions;
using Firstline.DevServer.Simulation.Cache;
using Firstline.DevServer.Simulation.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Firstline.DevServer.Tests.Simulation.Cache;

public class ReflectorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_lost_watch_goes_on_where_it_ended_and_an_expired_one_lists_again()
    {
        Script script = new(
            List(10, "a"),
            Watch(Line("ADDED", "b", 11), "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"15\"}}}"),
            Watch("{\"type\":\"ERROR\",\"object\":{\"code\":410,\"reason\":\"Expired\",\"message\":\"too old\"}}"),
            List(30, "c"));
        using HttpClient http = new(script) { BaseAddress = new Uri("http://server/") };
        ObjectCache cache = new(Kinds.ConfigMap, _ => true);
        using CancellationTokenSource stop = new(Patience);
        TaskCompletionSource relisted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        cache.Changed += (_, after) =>
        {
            if (after?.Name == "c")
            {
                relisted.TrySetResult();
            }
        };

        Task running = new Reflector(new ApiClient(http), cache, TimeProvider.System, NullLogger.Instance).RunAsync(stop.Token);
        await relisted.Task.WaitAsync(Patience);
        await stop.CancelAsync();
        await running;

        cache.All().Select(item => item.Name).Should().Equal("c");
        script.Asked.Take(4).Select(Kind).Should().Equal("list", "watch 10", "watch 15", "list");
    }

    private static string Kind(string query) =>
        query.Contains("watch=true", StringComparison.Ordinal) ? "watch " + query.Split("resourceVersion=")[1] : "list";

    private static string List(int version, string name) =>
        $"{{\"metadata\":{{\"resourceVersion\":\"{version}\"}},\"items\":[{Object(name, version)}]}}";

    private static string Watch(params string[] lines) => string.Join('\n', lines) + "\n";

    private static string Line(string type, string name, int version) => $"{{\"type\":\"{type}\",\"object\":{Object(name, version)}}}";

    private static string Object(string name, int version) =>
        $"{{\"metadata\":{{\"name\":\"{name}\",\"namespace\":\"ns\",\"uid\":\"{name}\",\"resourceVersion\":\"{version}\"}}}}";

    /// <summary>Answers requests in turn; after the last it waits until cancelled.</summary>
    private sealed class Script(params string[] answers) : HttpMessageHandler
    {
        private int _next;

        public List<string> Asked { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.Query);
            if (_next >= answers.Length)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answers[_next++], Encoding.UTF8, "application/json") };
        }
    }
}
