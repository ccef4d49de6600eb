using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Firstline.Benchmarks;

/// <summary>Notes each request of the operator that the API server of this process answers, by the diagnostics of its web server.</summary>
internal sealed class RequestLog : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    /// <summary>nginx's code for a client that closed the connection before it was answered.</summary>
    public const int ClientGone = 499;

    private const string UserAgent = "firstline-operator";
    private readonly ConcurrentQueue<ServedRequest> _served = new();
    private readonly ConcurrentDictionary<string, TimeSpan> _begun = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<IDisposable> _subscriptions = [];
    private readonly Moments _moments;

    public RequestLog(Moments moments)
    {
        _moments = moments;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>Port of the server whose requests count: the diagnostics tell of every server in this process, also of those of tests that run beside this one.</summary>
    public required int Port { get; init; }

    /// <summary>Told of each request when it comes, with the code 0, and again when it was answered; on the server's own thread, before the server goes on.</summary>
    public event Action<ServedRequest>? Seen;

    /// <summary>All requests so far, in the order in which they were answered.</summary>
    public ImmutableArray<ServedRequest> All => [.. _served];

    /// <summary>The first request, past or coming, for which <paramref name="holds"/> is true.</summary>
    /// <exception cref="TimeoutException">It did not come in time; the message says what.</exception>
    public async Task<ServedRequest> FirstAsync(string what, Func<ServedRequest, bool> holds, TimeSpan limit)
    {
        TaskCompletionSource<ServedRequest> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Seen += Offer;
        try
        {
            foreach (ServedRequest request in _served)
            {
                Offer(request);
            }

            return await found.Task.WaitAsync(limit);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{what} did not happen within {limit.TotalSeconds:0} s", e);
        }
        finally
        {
            Seen -= Offer;
        }

        void Offer(ServedRequest request)
        {
            if (holds(request))
            {
                found.TrySetResult(request);
            }
        }
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.AspNetCore")
        {
            _subscriptions.Add(value.Subscribe(this, static (name, _, _) => name.StartsWith("Microsoft.AspNetCore.Hosting.HttpRequestIn", StringComparison.Ordinal)));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not HttpContext context || context.Request.Headers.UserAgent != UserAgent || context.Connection.LocalPort != Port)
        {
            return;
        }

        string id = context.TraceIdentifier;
        if (value.Key.EndsWith(".Start", StringComparison.Ordinal))
        {
            _begun[id] = _moments.Now;
            Tell(Read(context, _begun[id], 0));
        }
        else if (value.Key.EndsWith(".Stop", StringComparison.Ordinal) && _begun.TryRemove(id, out TimeSpan begun) && !context.Request.Query.ContainsKey("watch"))
        {
            // A client that is gone before the server has begun to answer is never answered, whatever the status says.
            ServedRequest request = Read(context, begun, context.Response.HasStarted ? context.Response.StatusCode : ClientGone);
            _served.Enqueue(request);
            Tell(request);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        foreach (IDisposable subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }

    private void Tell(ServedRequest request) => Seen?.Invoke(request);

    private ServedRequest Read(HttpContext context, TimeSpan begun, int code)
    {
        // api/v1 or apis/GROUP/VERSION, then perhaps namespaces/NAME, then RESOURCE[/NAME[/SUBRESOURCE]]
        string[] parts = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string[] rest = parts[Math.Min(parts.Length, parts is ["api", ..] ? 2 : 3)..];
        rest = rest is ["namespaces", _, _, ..] ? rest[2..] : rest;
        return new(
            begun, _moments.Now - begun, context.Request.Method, string.Join('/', rest.Where(static (_, i) => i != 1)), rest.ElementAtOrDefault(1) ?? "",
            context.Request.Query["fieldManager"].ToString(), code) { Credential = context.Request.Headers.Authorization.ToString(), IsDryRun = context.Request.Query.ContainsKey("dryRun") };
    }
}
