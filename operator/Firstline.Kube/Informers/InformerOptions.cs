using Firstline.Kube.Queue;

namespace Firstline.Kube.Informers;

/// <summary>How informers list and watch; the defaults are client-go's where it has one.</summary>
public sealed record InformerOptions
{
    /// <summary>Objects per page of a list.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>
    /// Longest wait for a page to begin, and for its next bytes: longer than the minute after which an API server ends a request itself (its <c>--request-timeout</c>), since one that is slow
    /// is asked in vain as long as nobody waits for its answer.
    /// </summary>
    public TimeSpan ListTimeout { get; init; } = TimeSpan.FromSeconds(70);

    /// <summary>Shortest time after which the server is asked to end a watch; each watch takes up to twice that, at random.</summary>
    public TimeSpan WatchTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Silence after which the list is read again: the watch may be dead, and a server need not send bookmarks
    /// (https://kubernetes.io/docs/reference/using-api/api-concepts/#watch-bookmarks). Where they come once a minute, nothing
    /// is listed for this; where none come, a kind that is so quiet mostly has few objects.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(130);

    /// <summary>Watches in a row that brought nothing but unreadable bytes before the list is read again.</summary>
    public int MalformedWatches { get; init; } = 3;

    /// <summary>Lists in a row that may be older than what was seen before they are believed: about three minutes of tries.</summary>
    public int StaleLists { get; init; } = 10;

    /// <summary>Waits after failures.</summary>
    public Backoff Reconnect { get; init; } = Backoff.Reconnect;
}
