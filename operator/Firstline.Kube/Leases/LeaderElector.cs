using System.Diagnostics.CodeAnalysis;
using Firstline.Api.Meta;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Microsoft.Extensions.Logging;

namespace Firstline.Kube.Leases;

/// <summary>
/// Leader election on a Lease with client-go's rules: whoever writes its name into an expired lease leads, renews it every retry period, and
/// steps down when no renewal succeeded within the renew deadline. Both sides measure with their own monotonic clock. Who waits follows the lease by a watch, and
/// writes its name into it when the last renewal that it saw is as old as the lease is long.
/// </summary>
public sealed partial class LeaderElector : ILeadership, IDisposable
{
    private readonly IKubeClient _client;
    private readonly IDisposable? _own;
    private readonly LeaderElectionOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Random _random;
    private readonly LeaseWatch _watch;
    private volatile ObservedLease? _observed;
    private long _renewedAt;            // timestamp taken before the last successful renewal was sent
    private volatile bool _isHolder;

    /// <summary>
    /// With a client of its own: a renewal waits behind no other request and shares no connection with one, a second try fits into the renew deadline, and so does
    /// finding out that the connection is dead.
    /// </summary>
    /// <param name="access">The API server.</param>
    /// <param name="options">Which lease, and its times.</param>
    /// <param name="userAgent">As which it asks.</param>
    /// <param name="clock">Source of time.</param>
    /// <param name="logs">Where to log.</param>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The field owns it; Dispose ends it.")]
    public LeaderElector(ClusterAccess access, LeaderElectionOptions options, string userAgent, TimeProvider clock, ILoggerFactory logs)
        : this(new KubeClient(access, clock, RequestsWithin(options, userAgent), logs.CreateLogger<KubeClient>()), options, clock, logs.CreateLogger<LeaderElector>()) =>
        _own = (IDisposable)_client;

    internal LeaderElector(IKubeClient client, LeaderElectionOptions options, TimeProvider clock, ILogger<LeaderElector> log, Random? random = null)
    {
        (_client, _options, _clock, _log, _random) = (client, options, clock, log, random ?? Random.Shared);
        _watch = new LeaseWatch(client, options.Lease);
    }

    public bool IsLeader => Left > TimeSpan.Zero;

    /// <summary>Who holds the lease, as last seen; empty when nobody does.</summary>
    public string Holder => _observed?.Holder ?? "";

    /// <summary>resourceVersion of the lease as last seen; empty when there was none.</summary>
    internal string SeenVersion => _observed?.Lease.Metadata.ResourceVersion ?? "";

    // As last seen, and by our clock: what is written is refused when it was renewed since.
    private bool IsFree => _observed?.IsHeld(_clock, _options.LeaseDuration) == false;

    private TimeSpan Left => _isHolder ? _options.RenewDeadline - _clock.GetElapsedTime(Interlocked.Read(ref _renewedAt)) : TimeSpan.Zero;

    public TimeSpan EnsureLeader() => Left is var left && left > TimeSpan.Zero
        ? left
        : throw new NotLeaderException($"the lease {_options.Lease} is not held by this process now; nothing may be changed");

    /// <summary>
    /// Waits for the lease, then runs <paramref name="lead"/>; its token is cancelled when the lease is lost or <paramref name="ct"/> is. Returns
    /// when <paramref name="lead"/> has ended, after giving the lease back if it is still ours.
    /// </summary>
    public async Task RunAsync(Func<CancellationToken, Task> lead, CancellationToken ct)
    {
        LeaseMetrics.Waiting(_options.Lease.Name);
        if (!await AcquireAsync(ct))
        {
            return;
        }

        using CancellationTokenSource term = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using CancellationTokenSource work = new();
        Task renewing = RenewUntilLostAsync(term, work.Token);
        try
        {
            await lead(term.Token);
        }
        finally
        {
            await work.CancelAsync();
            await renewing;
            await ReleaseAsync();
        }
    }

    public void Dispose() => _own?.Dispose();

    private static KubeClientOptions RequestsWithin(LeaderElectionOptions options, string userAgent)
    {
        TimeSpan silence = TimeSpan.FromSeconds(Math.Max(1, options.RenewDeadline.TotalSeconds / 10));   // the runtime's pings know no less than a second
        return new() { UserAgent = userAgent, RequestTimeout = options.RenewDeadline / 2, KeepAliveDelay = silence, KeepAliveTimeout = silence };
    }

    private async Task<bool> AcquireAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            if (await TryAcquireOrRenewAsync(ct))
            {
                LeaseMetrics.Leading(_options.Lease.Name);
                LogAcquired(_options.Lease, _options.Identity);
                return true;
            }

            await StandByAsync(ct);
        }

        return false;
    }

    /// <summary>Renews while the work runs, also during its graceful stop; cancels the term when the lease is lost.</summary>
    private async Task RenewUntilLostAsync(CancellationTokenSource term, CancellationToken workEnded)
    {
        while (!workEnded.IsCancellationRequested)
        {
            await Task.Delay(_options.RetryPeriod, _clock, workEnded).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (workEnded.IsCancellationRequested)
            {
                return;
            }

            await RenewOnceAsync(workEnded);
            if (!IsLeader)
            {
                _isHolder = false;
                LeaseMetrics.Waiting(_options.Lease.Name);
                LogLost(_options.Lease, Holder);
                await term.CancelAsync();
                return;
            }
        }
    }

    private async Task RenewOnceAsync(CancellationToken workEnded)
    {
        TimeSpan left = _options.RenewDeadline - _clock.GetElapsedTime(Interlocked.Read(ref _renewedAt));
        if (left <= TimeSpan.Zero)
        {
            return;
        }

        using CancellationTokenSource deadline = new(left, _clock);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(workEnded, deadline.Token);
        await TryAcquireOrRenewAsync(linked.Token);
    }

    private async Task<bool> TryAcquireOrRenewAsync(CancellationToken ct)
    {
        long start = _clock.GetTimestamp();
        try
        {
            // Who leads knows the lease as it wrote it last, and who has waited as it saw it last: they ask for it only when it is not so any more.
            if (!(IsLeader || IsFree) || !await TryWriteAsync(Claim(), ct))
            {
                await ObserveAsync(ct);
                if (_observed is { } seen && seen.Holder != _options.Identity && seen.IsHeld(_clock, _options.LeaseDuration))
                {
                    _isHolder = false;
                    return false;
                }

                await WriteAsync(Claim(), ct);
            }

            Interlocked.Exchange(ref _renewedAt, start);
            _isHolder = true;
            return true;
        }
        catch (KubeException e)
        {
            LogAttemptFailed(_options.Lease, e.Message);
            return false;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return false;
        }
    }

    [LoggerMessage(1301, LogLevel.Information, "Lease {Lease}: {Identity} leads")]
    private partial void LogAcquired(NamespacedName lease, string identity);

    [LoggerMessage(1302, LogLevel.Error, "Lease {Lease}: lost, all work stops; the holder seen last is '{Holder}'")]
    private partial void LogLost(NamespacedName lease, string holder);

    [LoggerMessage(1304, LogLevel.Warning, "Lease {Lease}: {Reason}")]
    private partial void LogAttemptFailed(NamespacedName lease, string reason);
}
