using System.Collections.Concurrent;
using System.Collections.Immutable;
using Firstline.Kube.Client;

namespace Firstline.Controllers.Tests.Remediation;

/// <summary>Notes what is written, Events apart, in the order in which it was asked for: an answer may come after what its watch has led to.</summary>
internal sealed class NotingClient(IKubeClient inner) : IKubeClient
{
    private readonly ConcurrentQueue<Write> _writes = new();

    /// <summary>Each write that was done, as verb, resource and subresource.</summary>
    public ImmutableArray<string> Writes => [.. _writes.Where(static w => w.IsDone).Select(static w => w.Text)];

    public string FieldManager => inner.FieldManager;

    public async Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct)
    {
        Write? write = null;
        if (request.Verb is not (KubeVerb.Get or KubeVerb.List) && request.Type is { Kind: not "Event" } type)
        {
            _writes.Enqueue(write = new($"{request.Verb} {type.Plural}{(request.Subresource is { Length: > 0 } sub ? $"/{sub}" : "")}"));
        }

        KubeResponse answer = await inner.SendAsync(request, ct);
        write?.IsDone = true;
        return answer;
    }

    public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => inner.OpenAsync(request, ct);

    private sealed class Write(string text)
    {
        public string Text => text;

        public bool IsDone { get; set; }
    }
}
