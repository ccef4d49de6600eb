using System.Collections.Concurrent;
using System.Collections.Immutable;
using Firstline.Kube.Client;

namespace Firstline.Controllers.Tests.Remediation;

/// <summary>Notes what is written, Events apart, in the order in which it was answered.</summary>
internal sealed class NotingClient(IKubeClient inner) : IKubeClient
{
    private readonly ConcurrentQueue<string> _writes = new();

    /// <summary>Each write as verb, resource, subresource and field manager.</summary>
    public ImmutableArray<string> Writes => [.. _writes];

    public string FieldManager => inner.FieldManager;

    public async Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct)
    {
        KubeResponse answer = await inner.SendAsync(request, ct);
        if (request.Verb is not (KubeVerb.Get or KubeVerb.List) && request.Type is { Kind: not "Event" } type)
        {
            _writes.Enqueue($"{request.Verb} {type.Plural}{(request.Subresource is { Length: > 0 } sub ? $"/{sub}" : "")}");
        }

        return answer;
    }

    public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => inner.OpenAsync(request, ct);
}
