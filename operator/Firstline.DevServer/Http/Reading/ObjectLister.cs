using System.Collections.Immutable;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Reading;

/// <summary>Reads collections: selected, paged, at one version.</summary>
internal static class ObjectLister
{
    private const string TooOldPage =
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the "
        + "continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects "
        + "that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";

    /// <exception cref="ApiException">410, 504 or 400: the version or the token cannot be served.</exception>
    public static ListPage List(ObjectStore store, string resource, ListOptions options)
    {
        ContinueToken? token = options.Continue.Length == 0 ? null : ContinueToken.Parse(options.Continue);
        StoreSnapshot snapshot = Snapshot(store, resource, options, token);
        IEnumerable<StoredObject> selected = snapshot.Objects.In(options.Selector.Namespace)
            .Where(item => (token is null || token.Precedes(item)) && options.Selector.Matches(item));
        if (options.Limit <= 0)
        {
            return new ListPage(snapshot.Version, [.. selected], null, null);
        }

        ImmutableArray<StoredObject> page = [.. selected.Take(options.Limit)];
        if (page.Length < options.Limit)
        {
            return new ListPage(snapshot.Version, page, null, null);
        }

        // Whether anything of what follows is selected is not looked at: a real server does not read that far either.
        ContinueToken next = new(snapshot.Version, page[^1].Key.Namespace, page[^1].Key.Name);
        if (!snapshot.Objects.In(options.Selector.Namespace).Any(next.Precedes))
        {
            return new ListPage(snapshot.Version, page, null, null);
        }

        return new ListPage(snapshot.Version, page, next, options.Selector.IsWholeCollection ? selected.LongCount() - options.Limit : null);
    }

    private static StoreSnapshot Snapshot(ObjectStore store, string resource, ListOptions options, ContinueToken? token)
    {
        if (token is not null)
        {
            return Page(store, resource, token);
        }

        StoreSnapshot newest = store.Snapshot(resource);
        if (options.ResourceVersion is not { } asked || asked <= 0)
        {
            return newest;
        }

        if (asked > newest.Version)
        {
            throw ApiErrors.FutureVersion(asked, newest.Version);
        }

        return options.VersionMatch == "Exact" ? Exact(store, resource, asked) : newest;
    }

    private static StoreSnapshot Exact(ObjectStore store, string resource, long version)
    {
        try
        {
            return store.SnapshotAt(resource, version);
        }
        catch (VersionExpiredException)
        {
            throw ApiErrors.Expired("The resourceVersion for the provided list is too old.");
        }
    }

    private static StoreSnapshot Page(ObjectStore store, string resource, ContinueToken token)
    {
        try
        {
            return token.Version < 0 ? store.Snapshot(resource) : store.SnapshotAt(resource, token.Version);
        }
        catch (VersionExpiredException)
        {
            throw ApiErrors.Expired(TooOldPage, (token with { Version = -1 }).ToString());
        }
    }
}
