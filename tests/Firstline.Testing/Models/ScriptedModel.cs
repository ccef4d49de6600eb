using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Firstline.Testing.Models;

/// <summary>
/// A model's endpoint on loopback that does as a test says, on bare sockets so that it can also break off or drip; by the path it speaks as OpenAI's chat completions or as Anthropic's
/// messages, whole or streamed as it is asked. It remembers all that it received.
/// </summary>
public sealed class ScriptedModel : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Func<int, ModelAsked, ModelScene> _script;
    private readonly Task _accepting;

    private ScriptedModel(Func<int, ModelAsked, ModelScene> script)
    {
        _script = script;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it is.</summary>
    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>All that it was asked, in order.</summary>
    public ConcurrentQueue<ModelAsked> Asked { get; } = [];

    /// <summary>One scene for each request, the last one for all that follow.</summary>
    public static ScriptedModel Playing(params ImmutableArray<ModelScene> scenes) => new((number, _) => scenes[Math.Min(number, scenes.Length) - 1]);

    /// <param name="script">Which scene is played for a request; the first one has number 1.</param>
    public static ScriptedModel Playing(Func<int, ModelAsked, ModelScene> script) => new(script);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    // One request a connection, so that every request is seen as one.
    private async Task ServeAsync(TcpClient connection)
    {
        using TcpClient client = connection;
        try
        {
            await using NetworkStream stream = client.GetStream();
            ModelAsked asked = await ReadAsync(stream);
            ModelScene scene;
            lock (Asked)
            {
                Asked.Enqueue(asked);
                scene = _script(Asked.Count, asked);
            }

            await PlayAsync(stream, scene, asked);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // Whoever asked has gone, or the test is over.
        }
    }

    private async Task PlayAsync(NetworkStream stream, ModelScene scene, ModelAsked asked)
    {
        switch (scene)
        {
            case ModelScene.Hangs:
                await Task.Delay(Timeout.Infinite, _stop.Token);
                break;
            case ModelScene.Breaks breaks:
                byte[] whole = AnswerTo(asked, breaks.Answer);
                await stream.WriteAsync(whole.AsMemory(0, whole.Length - 10), _stop.Token);
                break;
            case ModelScene.Drips drips:
                foreach (byte b in AnswerTo(asked, drips.Answer))
                {
                    await stream.WriteAsync(new[] { b }, _stop.Token);
                    await Task.Delay(drips.Pause, _stop.Token);
                }

                break;
            default:
                await stream.WriteAsync(AnswerTo(asked, scene), _stop.Token);
                break;
        }
    }

    private async Task<ModelAsked> ReadAsync(NetworkStream stream)
    {
        List<byte> head = [];
        byte[] one = new byte[1];
        while (!Ends(head))
        {
            await stream.ReadExactlyAsync(one, _stop.Token);
            head.Add(one[0]);
        }

        string[] lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        ImmutableDictionary<string, string> headers = lines.Skip(1).Select(static l => l.Split(": ", 2)).ToImmutableDictionary(static h => h[0].ToLowerInvariant(), static h => h[1]);
        byte[] body = new byte[int.Parse(headers["content-length"], CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return new ModelAsked(lines[0].Split(' ')[1], headers, Encoding.UTF8.GetString(body));
    }

    private static bool Ends(List<byte> head) => head.Count >= 4 && head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n';

    private static byte[] AnswerTo(ModelAsked asked, ModelScene scene)
    {
        bool isStreamed = asked.Json["stream"]?.GetValue<bool>() == true;
        bool isAnthropic = asked.Path.EndsWith("/messages", StringComparison.Ordinal);
        return scene switch
        {
            ModelScene.Refuses refusal => Http(refusal.Status, "application/json", ErrorBody(refusal), Headers(refusal)),
            ModelScene.Raw raw => Http(200, raw.ContentType, raw.Body, ""),
            _ when isStreamed => Http(200, "text/event-stream", isAnthropic ? AnthropicWords.Stream(scene) : OpenAIWords.Stream(scene), ""),
            _ => Http(200, "application/json", (isAnthropic ? AnthropicWords.Whole(scene) : OpenAIWords.Whole(scene)).ToJsonString(), ""),
        };
    }

    // As endpoints do, it repeats in its error what it was shown.
    private static string ErrorBody(ModelScene.Refuses refusal) =>
        new JsonObject { ["type"] = "error", ["error"] = new JsonObject { ["type"] = "scripted_error", ["message"] = $"{ErrorText} {refusal.Status}" } }.ToJsonString();

    /// <summary>What stands in the body of every refusal.</summary>
    public const string ErrorText = "words-of-the-endpoint";

    private static string Headers(ModelScene.Refuses refusal) =>
        (refusal.RetryAfter is null ? "" : $"retry-after: {refusal.RetryAfter}\r\n") + (refusal.Location is null ? "" : $"location: {refusal.Location}\r\n");

    private static byte[] Http(int status, string contentType, string body, string headers) => Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Scripted\r\ncontent-type: {contentType}\r\ncontent-length: {Encoding.UTF8.GetByteCount(body)}\r\nconnection: close\r\n{headers}\r\n{body}"));
}
