using Firstline.Kube.Queue;

namespace Firstline.Kube.Informers;

/// <summary>How informers list and watch; the defaults are client-go's where it has one.</summary>
public sealed record InformerOptions
{
    /// <summary>Objects per page of a list.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>Shortest time after which the server is asked to end a watch; each watch takes up to twice that, at random.</summary>
    public TimeSpan WatchTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Silence after which a watch is taken for dead and opened anew from where it was. Bookmarks come about once a minute, so this is more
    /// than two missed ones; being wrong costs one request and no list.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(150);

    /// <summary>Watches in a row that brought nothing but unreadable bytes before the list is read again.</summary>
    public int MalformedWatches { get; init; } = 3;

    /// <summary>Lists in a row that may be older than what was seen before they are believed: about three minutes of tries.</summary>
    public int StaleLists { get; init; } = 10;

    /// <summary>Waits after failures.</summary>
    public Backoff Reconnect { get; init; } = Backoff.Reconnect;
}
