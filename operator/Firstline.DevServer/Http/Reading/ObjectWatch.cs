using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Reading;

/// <summary>One watch: what is there at the start, then every change as this selection sees it.</summary>
internal sealed class ObjectWatch : IDisposable
{
    private readonly ObjectStore store;
    private readonly ListOptions options;
    private readonly Subscription subscription;

    private ObjectWatch(ObjectStore store, ListOptions options, Subscription subscription)
    {
        this.store = store;
        this.options = options;
        this.subscription = subscription;
    }

    /// <summary>True when the client gets a bookmark after the initial objects.</summary>
    public bool MarksEndOfInitial => subscription.Start is not null && options.AllowBookmarks && options.SendInitialEvents != false;

    /// <exception cref="VersionExpiredException">The asked version is older than the history.</exception>
    /// <exception cref="ApiException">504: the asked version is in the future.</exception>
    public static ObjectWatch Start(ObjectStore store, string resource, ListOptions options)
    {
        long asked = options.ResourceVersion ?? 0;
        long current = store.Version;
        if (asked > current)
        {
            throw ApiErrors.FutureVersion(asked, current);
        }

        bool initial = options.SendInitialEvents ?? asked == 0;
        bool fromNow = initial || asked == 0;
        return new ObjectWatch(store, options, fromNow ? store.Subscribe(resource) : store.SubscribeFrom(resource, asked));
    }

    /// <summary>The objects at the start, as if each had just been added; none where the watch continues from a version.</summary>
    public IEnumerable<WatchEvent> Initial() =>
        options.SendInitialEvents == false
            ? []
            : (subscription.Start?.Objects.In(options.Selector.Namespace) ?? []).Where(options.Selector.Matches).Select(item => new WatchEvent("ADDED", item));

    /// <summary>Version up to which everything has been sent, once <see cref="Drain"/> has been emptied after this call.</summary>
    public long CurrentVersion() => store.Version;

    public long StartVersion => subscription.Start?.Version ?? 0;

    public ValueTask<bool> WaitAsync(CancellationToken cancellation) => subscription.Events.WaitToReadAsync(cancellation);

    /// <summary>What has happened and not been sent yet.</summary>
    public IEnumerable<WatchEvent> Drain()
    {
        while (subscription.Events.TryRead(out StoreEvent? change))
        {
            if (Seen(change) is { } seen)
            {
                yield return seen;
            }
        }
    }

    public void Dispose() => subscription.Dispose();

    /// <summary>The body of a bookmark.</summary>
    public static JsonObject Bookmark(string kind, string apiVersion, long version, BookmarkReason reason)
    {
        JsonObject metadata = new() { ["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture) };
        if (reason == BookmarkReason.InitialEventsEnd)
        {
            metadata["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        }

        return new JsonObject { ["kind"] = kind, ["apiVersion"] = apiVersion, ["metadata"] = metadata };
    }

    /// <summary>An object that enters the selection is added, one that leaves it is deleted, whatever happened to the object itself.</summary>
    private WatchEvent? Seen(StoreEvent change)
    {
        bool was = change.Previous is { } previous && options.Selector.Matches(previous);
        bool matches = change.Type != StoreEventType.Deleted && options.Selector.Matches(change.Object);
        return (was, matches) switch
        {
            (false, true) => new WatchEvent("ADDED", change.Object),
            (true, true) => new WatchEvent("MODIFIED", change.Object),
            (true, false) => new WatchEvent("DELETED", change.Previous!.At(change.Version)),
            _ => null,
        };
    }
}
