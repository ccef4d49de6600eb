using Firstline.Api.Meta;
using Firstline.Kube.Client;
using Microsoft.Extensions.Logging;

namespace Firstline.Kube.Leases;

/// <summary>Waiting for a lease that is another's.</summary>
public sealed partial class LeaderElector
{
    private bool _isUnwatched;

    /// <summary>Until the lease is worth another look: it ran out or was given back, or, where it can't be watched, its turn has come.</summary>
    private async Task StandByAsync(CancellationToken ct)
    {
        if (_observed is not { } seen || !seen.IsHeld(_clock, _options.LeaseDuration))
        {
            await Task.Delay(NextLook(), _clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);   // the try to take it has just failed
            return;
        }

        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task<bool> following = FollowAsync(seen.Lease.Metadata.ResourceVersion ?? "", end.Token);
        Task runningOut = UntilFreeAsync(end.Token);
        bool isWatched = await Task.WhenAny(following, runningOut) == runningOut || await following;
        if (!isWatched)
        {
            await Task.WhenAny(runningOut, Task.Delay(NextLook(), _clock, end.Token));
        }

        await end.CancelAsync();
        await following;
        await runningOut;
    }

    private async Task UntilFreeAsync(CancellationToken ct)
    {
        while (_observed?.Left(_clock, _options.LeaseDuration) is { } left && left > TimeSpan.Zero && !ct.IsCancellationRequested)
        {
            await Task.Delay(left, _clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Notes each renewal when it is made. False when the watch ended without a word: then it is of no use now.</summary>
    private async Task<bool> FollowAsync(string version, CancellationToken ct)
    {
        bool hasTold = false;
        try
        {
            await _watch.FollowAsync(
                version,
                lease =>
                {
                    (hasTold, _isUnwatched) = (true, false);
                    _observed = _observed?.Update(lease, _clock.GetTimestamp());
                    return _observed is { Holder.Length: > 0 };
                },
                ct);
        }
        catch (KubeException e)
        {
            Tell(e.Message);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return hasTold;
        }

        return hasTold;
    }

    /// <summary>The next look at a lease that is not watched: not later than it expires, so that after a crash it is free for a retry period at the most.</summary>
    private TimeSpan NextLook()
    {
        TimeSpan usual = _options.RetryPeriod * (1 - (0.5 * _random.NextDouble()));
        TimeSpan left = _observed?.Left(_clock, _options.LeaseDuration) ?? TimeSpan.Zero;
        return left > TimeSpan.Zero && left < usual ? left : usual;
    }

    // Once, until it can be followed again.
    private void Tell(string reason)
    {
        if (!_isUnwatched)
        {
            _isUnwatched = true;
            LogNotFollowed(_options.Lease, reason);
        }
    }

    [LoggerMessage(1305, LogLevel.Information, "Lease {Lease}: it can't be followed now, and is looked at every retry period: {Reason}")]
    private partial void LogNotFollowed(NamespacedName lease, string reason);
}
