using Firstline.Kube.Client;

namespace Firstline.Controllers.Tests.Remediation;

/// <summary>A process that dies at one request, before or after the API server got it: from then on it sends nothing more.</summary>
internal sealed class CrashingClient(IKubeClient inner, Func<KubeRequest, bool> at, CrashMoment moment) : IKubeClient
{
    private readonly TaskCompletionSource _crashed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the crash.</summary>
    public Task Crashed => _crashed.Task;

    public string FieldManager => inner.FieldManager;

    public async Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct)
    {
        if (_crashed.Task.IsCompleted)
        {
            throw Dead();
        }

        if (!at(request))
        {
            return await inner.SendAsync(request, ct);
        }

        if (moment == CrashMoment.After)
        {
            await inner.SendAsync(request, ct);
        }

        _crashed.TrySetResult();
        throw Dead();
    }

    public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => _crashed.Task.IsCompleted ? throw Dead() : inner.OpenAsync(request, ct);

    private static KubeException Dead() => new(KubeErrorKind.Unreachable, "the process is gone");
}

/// <summary>When it dies.</summary>
public enum CrashMoment
{
    /// <summary>The API server never gets the request.</summary>
    Before,

    /// <summary>The API server has done it; the answer is lost.</summary>
    After,
}
