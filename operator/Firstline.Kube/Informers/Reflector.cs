using Firstline.Kube.Client;
using Microsoft.Extensions.Logging;

namespace Firstline.Kube.Informers;

/// <summary>
/// Keeps a sink current: a list in pages, then a watch from that version, opened again from the last event or bookmark whenever it ends,
/// and a new list when the server has forgotten that version (410) or has said nothing for so long that the cache may be behind without
/// anybody knowing. Runs until it is cancelled; no failure ends it.
/// </summary>
internal sealed partial class Reflector(
    IKubeClient client, ResourceQuery query, IReflectorSink sink, InformerOptions options, TimeProvider clock, Random random, ILogger log)
{
    private readonly InformerMetrics _metrics = new(query);
    private string _version = "";     // where the next watch begins; empty: a list is needed
    private int _failures;            // tries in a row that brought nothing
    private long _contact;            // timestamp of the last frame, or of the end of the last list

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Design", "CA1031:Do not catch general exception types", Justification = "An informer that ends silently is the worst failure an operator has.")]
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            TimeSpan pause;
            try
            {
                pause = await ListAndWatchAsync(ct);
            }
            catch (KubeException e) when (!ct.IsCancellationRequested)
            {
                OnFailure(e);
                pause = PauseAfter(e);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                _failures = Math.Max(_failures, 1);
                _metrics.Failed(e.GetType().Name);
                sink.Fail(e.Message);
                LogUnexpected(e, query);
                pause = options.Reconnect.Delay(_failures, random.NextDouble());
            }

            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>One watch, after a list where one is needed; how long to wait before the next.</summary>
    private async Task<TimeSpan> ListAndWatchAsync(CancellationToken ct)
    {
        _failures++;   // until the watch proves to work
        if (_version.Length == 0 || Silence >= options.IdleTimeout)
        {
            _version = await ListAsync(ct);
        }

        WatchEnd end = await WatchAsync(ct);
        return (_failures, end) switch
        {
            (_, WatchEnd.Silent) or (0, WatchEnd.InTime) => TimeSpan.Zero,
            (0, _) => options.Reconnect.First * random.NextDouble(),   // the server goes away: not all come back at once
            _ => options.Reconnect.Delay(_failures, random.NextDouble()),
        };
    }

    private TimeSpan Silence => clock.GetElapsedTime(_contact);

    private void OnFailure(KubeException e)
    {
        _failures = Math.Max(_failures, 1);
        _metrics.Failed(e.Kind.ToString());
        sink.Fail(e.Message);
        if (NeedsList(e))
        {
            _version = "";
            LogExpired(query, e.Message);
        }
        else
        {
            LogFailed(query, e.Message);
        }
    }

    /// <summary>
    /// True when watching from our version is hopeless: the server has forgotten it, has never had it (a restored backup), or answers it with
    /// bytes that are no watch, time after time.
    /// </summary>
    private bool NeedsList(KubeException e) => e.Kind == KubeErrorKind.Expired
        || (e.Kind == KubeErrorKind.MalformedAnswer && _failures >= options.MalformedWatches)
        || e.Status?.Details?.Causes.Any(static c => c.Reason == "ResourceVersionTooLarge") == true;

    /// <summary>Our own backoff, or what the server asks for where that is longer, within the longest of our own: an hour of deafness is never right.</summary>
    private TimeSpan PauseAfter(KubeException e) => options.Reconnect.Delay(_failures, random.NextDouble(), e.RetryAfter ?? TimeSpan.Zero);

    [LoggerMessage(1111, LogLevel.Information, "{Query}: listed at version {Version} in {Milliseconds} ms")]
    private partial void LogListed(ResourceQuery query, string version, long milliseconds);

    [LoggerMessage(1116, LogLevel.Debug, "{Query}: no word from the server for {Silence}, neither a change nor a bookmark; listing anew to know that nothing was missed")]
    private partial void LogSilent(ResourceQuery query, TimeSpan silence);

    [LoggerMessage(1112, LogLevel.Information, "{Query}: the server no longer has our version, listing anew: {Reason}")]
    private partial void LogExpired(ResourceQuery query, string reason);

    [LoggerMessage(1114, LogLevel.Error, "{Query}: listing or watching failed and is tried again")]
    private partial void LogUnexpected(Exception e, ResourceQuery query);

    [LoggerMessage(1115, LogLevel.Warning, "{Query}: every list was older than what was seen before, as after a restored backup; the cache follows version {Version}")]
    private partial void LogRestored(ResourceQuery query, string version);

    [LoggerMessage(1113, LogLevel.Warning, "{Query}: listing or watching failed and is tried again: {Reason}")]
    private partial void LogFailed(ResourceQuery query, string reason);
}
