using Firstline.Api.Meta;
using Firstline.Kube.Client;
using Firstline.Kube.Wire;
using Microsoft.Extensions.Logging;

namespace Firstline.Kube.Leases;

/// <summary>The lease as it is on the server, and our name in it.</summary>
public sealed partial class LeaderElector
{
    private async Task ObserveAsync(CancellationToken ct)
    {
        Lease? lease = await _client.FindAsync(CoreTypes.Leases, _options.Lease, KubeJson.Default.Lease, ct);
        long now = _clock.GetTimestamp();
        _observed = lease is null ? null : _observed?.Update(lease, now) ?? new ObservedLease(lease, now);
    }

    /// <summary>False when the lease is not as it was seen last.</summary>
    private async Task<bool> TryWriteAsync(Lease wanted, CancellationToken ct)
    {
        try
        {
            await WriteAsync(wanted, ct);
            return true;
        }
        catch (KubeException e) when (e.Kind is KubeErrorKind.Conflict or KubeErrorKind.NotFound or KubeErrorKind.AlreadyExists)
        {
            return false;
        }
    }

    private async Task WriteAsync(Lease wanted, CancellationToken ct)
    {
        KubeResponse answer = await (_observed is null
            ? _client.CreateAsync(CoreTypes.Leases, _options.Lease.Namespace, wanted, KubeJson.Default.Lease, ct)
            : _client.PatchAsync(CoreTypes.Leases, _options.Lease, LeaseContent.AsPatch(wanted), ct));
        _observed = new ObservedLease(answer.Read(KubeJson.Default.Lease), _clock.GetTimestamp());
    }

    private Lease Claim() => LeaseContent.Claim(_observed?.Lease, _options, _clock.GetUtcNow());

    /// <summary>Gives the lease back, so that the next leader need not wait for it to expire.</summary>
    private async Task ReleaseAsync()
    {
        bool wasHolder = IsLeader;
        _isHolder = false;   // first, so that nothing is changed while it is given back
        LeaseMetrics.Waiting(_options.Lease.Name);
        if (!wasHolder)
        {
            return;
        }

        using CancellationTokenSource limit = new(_options.RetryPeriod, _clock);
        try
        {
            await GiveBackAsync(limit.Token);
        }
        catch (Exception e) when (e is KubeException or OperationCanceledException)
        {
            LogAttemptFailed(_options.Lease, e.Message);
        }
    }

    private async Task GiveBackAsync(CancellationToken ct)
    {
        if (_observed is { } last && await TryWriteAsync(LeaseContent.Release(last.Lease, _clock.GetUtcNow()), ct))
        {
            LogReleased(_options.Lease);
            return;
        }

        await ObserveAsync(ct);   // the stop came in the middle of a renewal, which the server may have stored
        if (_observed is { } now && now.Holder == _options.Identity)
        {
            await WriteAsync(LeaseContent.Release(now.Lease, _clock.GetUtcNow()), ct);
            LogReleased(_options.Lease);
        }
    }

    [LoggerMessage(1303, LogLevel.Information, "Lease {Lease}: given back")]
    private partial void LogReleased(NamespacedName lease);
}
