using Firstline.Kube.Client;

namespace Firstline.Controllers.Tests.Remediation;

/// <summary>Tells when an object of a kind was read by its name and was there.</summary>
internal sealed class LookedAtClient(KubeClient inner, string kind) : IKubeClient, IDisposable
{
    private volatile TaskCompletionSource _next = New();

    public string FieldManager => inner.FieldManager;

    /// <summary>Completes at the next such answer.</summary>
    public Task NextLook()
    {
        _next = New();
        return _next.Task;
    }

    public async Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct)
    {
        KubeResponse answer = await inner.SendAsync(request, ct);
        if (request is { Verb: KubeVerb.Get, Subresource.Length: 0 } && request.Type?.Kind == kind)
        {
            _next.TrySetResult();
        }

        return answer;
    }

    public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => inner.OpenAsync(request, ct);

    public void Dispose() => inner.Dispose();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
