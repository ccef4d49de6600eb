using System.Collections.Concurrent;
using System.Text;
using Firstline.Host.Http;
using Firstline.Host.Options;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Firstline.Host.Tests.Outside;

/// <summary>A small server on loopback that answers as the test says, and remembers what it was asked.</summary>
internal sealed class ScriptedPlace : IAsyncDisposable
{
    private readonly Func<HttpContext, Task> _answer;
    private Listener? _listener;

    private ScriptedPlace(Func<HttpContext, Task> answer) => _answer = answer;

    public Uri Address => _listener!.Address;

    public ConcurrentQueue<(string Path, IHeaderDictionary Headers, string Body)> Asked { get; } = [];

    public static async Task<ScriptedPlace> StartAsync(string method, string path, Func<HttpContext, Task> answer, ListenerOptions? options = null)
    {
        ScriptedPlace place = new(answer);
        place._listener = await Listener.StartAsync(
            options ?? new ListenerOptions(), [new HttpRoute(method, path, place.HandleAsync)], 1 << 20, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        return place;
    }

    public static Task<ScriptedPlace> StartAsync(string method, string path, int status, string body, ListenerOptions? options = null) =>
        StartAsync(method, path, context => context.AnswerAsync(status, body, "application/json"), options);

    public ValueTask DisposeAsync() => _listener!.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        Asked.Enqueue((context.Request.Path, new HeaderDictionary(context.Request.Headers.ToDictionary()), Encoding.UTF8.GetString(body.ToArray())));
        await _answer(context);
    }
}
