using Firstline.Kube.Client;

namespace Firstline.Controllers.Tests.Remediation;

/// <summary>An API server that refuses some requests, in one way each, and answers the others.</summary>
internal sealed class RefusingClient(IKubeClient inner, Func<KubeRequest, KubeErrorKind?> refusal) : IKubeClient
{
    public string FieldManager => inner.FieldManager;

    public Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct) => Refuse(request) ?? inner.SendAsync(request, ct);

    public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => Refuse(request) is { Exception: { } e } ? Task.FromException<Stream>(e.InnerException!) : inner.OpenAsync(request, ct);

    private Task<KubeResponse>? Refuse(KubeRequest request) =>
        refusal(request) is { } kind ? Task.FromException<KubeResponse>(new KubeException(kind, $"refused: {kind}")) : null;
}
