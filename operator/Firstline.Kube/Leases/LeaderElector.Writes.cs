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
        Lease? lease = await client.FindAsync(CoreTypes.Leases, options.Lease, KubeJson.Default.Lease, ct);
        long now = clock.GetTimestamp();
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
            ? client.CreateAsync(CoreTypes.Leases, options.Lease.Namespace, wanted, KubeJson.Default.Lease, ct)
            : client.PatchAsync(CoreTypes.Leases, options.Lease, LeaseContent.AsPatch(wanted), ct));
        _observed = new ObservedLease(answer.Read(KubeJson.Default.Lease), clock.GetTimestamp());
    }

    private Lease Claim() => LeaseContent.Claim(_observed?.Lease, options, clock.GetUtcNow());

    /// <summary>Gives the lease back, so that the next leader need not wait for it to expire.</summary>
    private async Task ReleaseAsync()
    {
        bool wasHolder = IsLeader;
        _isHolder = false;   // first, so that nothing is changed while it is given back
        LeaseMetrics.Waiting(options.Lease.Name);
        if (!wasHolder)
        {
            return;
        }

        using CancellationTokenSource limit = new(options.RetryPeriod, clock);
        try
        {
            await GiveBackAsync(limit.Token);
        }
        catch (Exception e) when (e is KubeException or OperationCanceledException)
        {
            LogAttemptFailed(options.Lease, e.Message);
        }
    }

    private async Task GiveBackAsync(CancellationToken ct)
    {
        if (_observed is { } last && await TryWriteAsync(LeaseContent.Release(last.Lease, clock.GetUtcNow()), ct))
        {
            LogReleased(options.Lease);
            return;
        }

        await ObserveAsync(ct);   // the stop came in the middle of a renewal, which the server may have stored
        if (_observed is { } now && now.Holder == options.Identity)
        {
            await WriteAsync(LeaseContent.Release(now.Lease, clock.GetUtcNow()), ct);
            LogReleased(options.Lease);
        }
    }

    [LoggerMessage(1303, LogLevel.Information, "Lease {Lease}: given back")]
    private partial void LogReleased(NamespacedName lease);
}
