using System.Globalization;
using System.Text.Json;
using Firstline.Kube.Client;

namespace Firstline.Kube.Informers;

/// <summary>Reading one watch until it ends.</summary>
internal sealed partial class Reflector
{
    private enum WatchEnd
    {
        InTime,

        /// <summary>Long before the time that was asked for.</summary>
        Early,

        /// <summary>Nothing came for so long that it may be dead, or quiet on a server that sends no bookmarks; only a list can tell.</summary>
        Silent,
    }

    /// <summary>The version moves with each event and bookmark.</summary>
    private async Task<WatchEnd> WatchAsync(CancellationToken ct)
    {
        long opened = clock.GetTimestamp();
        TimeSpan asked = TimeSpan.FromSeconds((int)(options.WatchTimeout.TotalSeconds * (1 + random.NextDouble())));
        KubeRequest request = WatchRequest(asked);
        using CancellationTokenSource idle = new(LeftOfSilence(), clock);
        using CancellationTokenSource overdue = new(asked + options.IdleTimeout, clock);   // a server that does not end it is left
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(ct, idle.Token, overdue.Token);
        try
        {
            await ReadAsync(request, idle, linked.Token);
            return clock.GetElapsedTime(opened) < asked * 0.9 ? WatchEnd.Early : WatchEnd.InTime;
        }
        catch (OperationCanceledException) when (overdue.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return WatchEnd.InTime;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            LogSilent(query, Silence);
            return WatchEnd.Silent;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw KubeErrors.Unreachable(request, e);
        }
        catch (JsonException e)
        {
            throw new KubeException(KubeErrorKind.MalformedAnswer, $"cannot watch {query}: a frame is not JSON: {e.Message}", null, e);
        }
        finally
        {
            // A watch that lived for a while without a frame was a quiet one, not a failed one.
            _failures = clock.GetElapsedTime(opened) > options.Reconnect.Longest ? 0 : _failures;
        }
    }

    private async Task ReadAsync(KubeRequest request, CancellationTokenSource idle, CancellationToken ct)
    {
        await using Stream stream = await client.OpenAsync(request, ct);
        _metrics.Watched();
        using LineReader lines = new(stream);
        while (await lines.NextAsync(ct))
        {
            idle.CancelAfter(options.IdleTimeout);
            OnLine(request, lines.Line);
            _contact = clock.GetTimestamp();
            sink.Touch(clock.GetUtcNow());
        }
    }

    /// <summary>Counted from the last contact and not from the opening: watches that end one after the other without a frame prove nothing.</summary>
    private TimeSpan LeftOfSilence()
    {
        TimeSpan left = options.IdleTimeout - Silence;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
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
        _newest = ResourceVersions.IsAtLeast(version, _newest) == false ? _newest : _version;
        _failures = 0;
    }

    private KubeRequest WatchRequest(TimeSpan timeout) => new()
    {
        Verb = KubeVerb.Watch,
        Type = query.Type,
        Key = new(query.Namespace, ""),
        MetadataOnly = query.MetadataOnly,
        Query = query.Parameters(
            new("watch", "true"),
            new("allowWatchBookmarks", "true"),
            new("resourceVersion", _version),
            new("timeoutSeconds", ((int)timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture))),
    };
}
