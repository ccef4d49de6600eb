using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Firstline.Benchmarks;

/// <summary>Notes each request of the operator that the API server of this process answers, by the diagnostics of its web server.</summary>
internal sealed class RequestLog : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
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

    /// <summary>All requests so far, in the order in which they were answered.</summary>
    public ImmutableArray<ServedRequest> All => [.. _served];

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.AspNetCore")
        {
            _subscriptions.Add(value.Subscribe(this, static (name, _, _) => name.StartsWith("Microsoft.AspNetCore.Hosting.HttpRequestIn", StringComparison.Ordinal)));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not HttpContext context || context.Request.Headers.UserAgent != UserAgent)
        {
            return;
        }

        string id = context.TraceIdentifier;
        if (value.Key.EndsWith(".Start", StringComparison.Ordinal))
        {
            _begun[id] = _moments.Now;
        }
        else if (value.Key.EndsWith(".Stop", StringComparison.Ordinal) && _begun.TryRemove(id, out TimeSpan begun) && !context.Request.Query.ContainsKey("watch"))
        {
            _served.Enqueue(Read(context, begun));
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

    private ServedRequest Read(HttpContext context, TimeSpan begun)
    {
        // api/v1 or apis/GROUP/VERSION, then perhaps namespaces/NAME, then RESOURCE[/NAME[/SUBRESOURCE]]
        string[] parts = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string[] rest = parts[Math.Min(parts.Length, parts is ["api", ..] ? 2 : 3)..];
        rest = rest is ["namespaces", _, _, ..] ? rest[2..] : rest;
        return new(
            begun, _moments.Now - begun, context.Request.Method, string.Join('/', rest.Where(static (_, i) => i != 1)), rest.ElementAtOrDefault(1) ?? "",
            context.Request.Query["fieldManager"].ToString(), context.Response.StatusCode);
    }
}
