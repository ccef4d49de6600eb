using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Reading;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Http.Responses;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Verbs;

/// <summary>Answers with a stream of changes, until the client leaves, the time is up or the server stops.</summary>
internal sealed class WatchVerb(ObjectStore store, Responder responder, TimeProvider time, TimeSpan bookmarkInterval, CancellationToken stopping) : IVerb
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(45);

    // As a real server: a watch that is about to end says first from where to go on.
    private static readonly TimeSpan BeforeTimeout = TimeSpan.FromSeconds(2);

    public async Task HandleAsync(ApiRequest request)
    {
        ListOptions options = ListOptions.Read(request);
        WatchStream stream = WatchStream.Open(request, responder);
        using CancellationTokenSource timeout = new(options.Timeout ?? DefaultTimeout, time);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, request.Aborted, stopping);
        try
        {
            using ObjectWatch watch = ObjectWatch.Start(store, request.Kind.QualifiedName, options);
            await SendAsync(watch, stream, options, end.Token);
        }
        catch (VersionExpiredException e)
        {
            stream.WriteError(ApiErrors.Expired(e.Message).ToStatus());
            await stream.FlushAsync(CancellationToken.None);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            await stream.FlushAsync(CancellationToken.None);
        }
    }

    private async Task SendAsync(ObjectWatch watch, WatchStream stream, ListOptions options, CancellationToken cancellation)
    {
        SendInitial(watch, stream);
        await stream.FlushAsync(cancellation);
        TimeSpan untilLast = (options.Timeout ?? DefaultTimeout) - BeforeTimeout;
        using PeriodicTimer timer = new(bookmarkInterval, time);
        using PeriodicTimer beforeEnd = new(untilLast > TimeSpan.Zero ? untilLast : Timeout.InfiniteTimeSpan, time);
        Task<bool> tick = timer.WaitForNextTickAsync(cancellation).AsTask();
        Task<bool> last = beforeEnd.WaitForNextTickAsync(cancellation).AsTask();
        Task<bool> ready = watch.WaitAsync(cancellation).AsTask();
        while (true)
        {
            Task<bool> first = await Task.WhenAny(ready, tick, last);
            await first;
            long version = SendChanges(watch, stream);
            if (first == ready)
            {
                ready = watch.WaitAsync(cancellation).AsTask();
            }
            else
            {
                SendBookmark(stream, version, options);
            }

            if (first == tick)
            {
                tick = timer.WaitForNextTickAsync(cancellation).AsTask();
            }

            if (first == last)
            {
                beforeEnd.Period = Timeout.InfiniteTimeSpan;
                last = beforeEnd.WaitForNextTickAsync(cancellation).AsTask();
            }

            await stream.FlushAsync(cancellation);
        }
    }

    private static void SendInitial(ObjectWatch watch, WatchStream stream)
    {
        foreach (WatchEvent change in watch.Initial())
        {
            stream.Write(change);
        }

        if (watch.MarksEndOfInitial)
        {
            stream.WriteBookmark(watch.StartVersion, BookmarkReason.InitialEventsEnd);
        }
    }

    /// <returns>The version up to which the client now knows everything: read before the changes, so that none up to it can be missing.</returns>
    private static long SendChanges(ObjectWatch watch, WatchStream stream)
    {
        long version = watch.CurrentVersion();
        foreach (WatchEvent change in watch.Drain())
        {
            stream.Write(change);
        }

        return version;
    }

    private static void SendBookmark(WatchStream stream, long version, ListOptions options)
    {
        if (options.AllowBookmarks)
        {
            stream.WriteBookmark(version, BookmarkReason.Progress);
        }
    }
}
