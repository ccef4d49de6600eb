using System.Globalization;
using Firstline.Kube.Client;
using Microsoft.Extensions.Logging;

namespace Firstline.Kube.Informers;

/// <summary>
/// Keeps a sink current: a list in pages, then a watch from that version, opened again from the last event or bookmark whenever it ends,
/// and a new list when the server has forgotten that version (410). Runs until it is cancelled; no failure ends it.
/// </summary>
internal sealed partial class Reflector(
    IKubeClient client, ResourceQuery query, IReflectorSink sink, InformerOptions options, TimeProvider clock, Random random, ILogger log)
{
    private readonly InformerMetrics _metrics = new(query);
    private string _version = "";     // empty: a list is needed
    private int _failures;

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Design", "CA1031:Do not catch general exception types", Justification = "An informer that ends silently is the worst failure an operator has.")]
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            TimeSpan? advice = null;
            try
            {
                await ListAndWatchAsync(ct);
            }
            catch (KubeException e) when (!ct.IsCancellationRequested)
            {
                advice = e.RetryAfter;
                OnFailure(e);
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
            }

            await PauseAsync(advice, ct);
        }
    }

    private async Task ListAndWatchAsync(CancellationToken ct)
    {
        if (_version.Length == 0)
        {
            _version = await ListAsync(ct);
        }

        await WatchAsync(ct);
    }

    private async Task<string> ListAsync(CancellationToken ct)
    {
        long start = clock.GetTimestamp();
        sink.BeginList();
        ListPosition position = new("", "");
        do
        {
            position = await client.ListPageAsync(query, position.Continue, options.PageSize, sink.ListItem, ct);
            sink.Touch(clock.GetUtcNow());
        }
        while (position.Continue.Length > 0);

        sink.EndList(position.ResourceVersion);
        _metrics.Listed(clock.GetElapsedTime(start));
        LogListed(query, position.ResourceVersion, clock.GetElapsedTime(start));
        return position.ResourceVersion;
    }

    /// <summary>Reads one watch until it ends; the version moves with each event and bookmark.</summary>
    private async Task WatchAsync(CancellationToken ct)
    {
        _failures++;   // until the watch proves to work
        long opened = clock.GetTimestamp();
        KubeRequest request = WatchRequest();
        using CancellationTokenSource idle = new(options.IdleTimeout, clock);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(ct, idle.Token);
        try
        {
            await using Stream stream = await client.OpenAsync(request, linked.Token);
            _metrics.Watched();
            sink.Touch(clock.GetUtcNow());
            using LineReader lines = new(stream);
            while (await lines.NextAsync(linked.Token))
            {
                idle.CancelAfter(options.IdleTimeout);
                sink.Touch(clock.GetUtcNow());
                OnLine(request, lines.Line);
            }
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw KubeErrors.Timeout(request, options.IdleTimeout, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw KubeErrors.Unreachable(request, e);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new KubeException(KubeErrorKind.MalformedAnswer, $"cannot watch {query}: a frame is not JSON: {e.Message}", null, e);
        }
        finally
        {
            // A watch that lived for a while without a frame was a quiet one, not a failed one.
            _failures = clock.GetElapsedTime(opened) > options.Reconnect.Longest ? 0 : _failures;
        }
    }

    private void OnLine(KubeRequest request, ReadOnlySpan<byte> line)
    {
        WatchFrame frame = WatchFrame.Parse(line);
        _metrics.Received(frame.Kind);
        if (frame.Kind == WatchEventKind.Error)
        {
            throw KubeErrors.FromFrame(request, frame.Object);
        }

        if (frame.Kind == WatchEventKind.Unknown)
        {
            throw new KubeException(KubeErrorKind.MalformedAnswer, $"cannot watch {query}: a frame has no known type");
        }

        string version = sink.Event(frame.Kind, frame.Object);
        _version = version.Length > 0 ? version : _version;
        _failures = 0;
    }

    private KubeRequest WatchRequest()
    {
        double seconds = options.WatchTimeout.TotalSeconds * (1 + random.NextDouble());
        return new KubeRequest
        {
            Verb = KubeVerb.Watch,
            Type = query.Type,
            Key = new(query.Namespace, ""),
            Query = query.Parameters(
                new("watch", "true"),
                new("allowWatchBookmarks", "true"),
                new("resourceVersion", _version),
                new("timeoutSeconds", ((int)seconds).ToString(CultureInfo.InvariantCulture))),
        };
    }

    private void OnFailure(KubeException e)
    {
        _failures = Math.Max(_failures, 1);
        _metrics.Failed(e.Kind.ToString());
        sink.Fail(e.Message);
        if (e.Kind == KubeErrorKind.Expired)
        {
            _version = "";
            LogExpired(query, e.Message);
        }
        else
        {
            LogFailed(query, e.Message);
        }
    }

    private async Task PauseAsync(TimeSpan? advice, CancellationToken ct)
    {
        if (_failures == 0 && advice is null)
        {
            return;
        }

        TimeSpan pause = options.Reconnect.Delay(Math.Max(_failures, 1), random.NextDouble());
        await Task.Delay(advice > pause ? advice.Value : pause, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(1111, LogLevel.Information, "{Query}: listed at version {Version} in {Elapsed}")]
    private partial void LogListed(ResourceQuery query, string version, TimeSpan elapsed);

    [LoggerMessage(1112, LogLevel.Information, "{Query}: the server no longer has our version, listing anew: {Reason}")]
    private partial void LogExpired(ResourceQuery query, string reason);

    [LoggerMessage(1114, LogLevel.Error, "{Query}: listing or watching failed and is tried again")]
    private partial void LogUnexpected(Exception e, ResourceQuery query);

    [LoggerMessage(1113, LogLevel.Warning, "{Query}: the watch broke and is opened again: {Reason}")]
    private partial void LogFailed(ResourceQuery query, string reason);
}
