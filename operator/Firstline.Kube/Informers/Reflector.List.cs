using Firstline.Kube.Client;

namespace Firstline.Kube.Informers;

/// <summary>Reading a whole list.</summary>
internal sealed partial class Reflector
{
    private string _newest = "";          // latest version that was listed or watched
    private int _staleLists;              // lists in a row that were older than that
    private bool _isContinueTooSlow;      // a continue token expired: pages do not keep up with the changes

    private async Task<string> ListAsync(CancellationToken ct)
    {
        DateTimeOffset asOf = clock.GetUtcNow();
        long start = clock.GetTimestamp();
        bool isNews = _version.Length == 0;
        ListPosition position = await ReadPagesAsync(ct);
        _staleLists = 0;
        _newest = position.ResourceVersion;
        sink.EndList(position.ResourceVersion);
        sink.Touch(asOf);   // pages before this are no contact: they leave the cache as old as it is
        _contact = clock.GetTimestamp();   // not its begin: a list that takes longer than a silence may would be followed by the next one, and never by a watch
        _metrics.Listed(clock.GetElapsedTime(start));
        if (isNews)
        {
            LogListed(query, position.ResourceVersion, (long)clock.GetElapsedTime(start).TotalMilliseconds);
        }

        return position.ResourceVersion;
    }

    /// <summary>All pages of one snapshot; one page without an end where a continue token expired the last time.</summary>
    private async Task<ListPosition> ReadPagesAsync(CancellationToken ct)
    {
        sink.BeginList();
        int size = _isContinueTooSlow ? 0 : options.PageSize;
        _isContinueTooSlow = false;
        ListPosition position = await client.ListPageAsync(query, "", size, sink.ListItem, ct, options.ListTimeout);
        RefuseStale(position.ResourceVersion);
        while (position.Continue.Length > 0)
        {
            try
            {
                position = await client.ListPageAsync(query, position.Continue, size, sink.ListItem, ct, options.ListTimeout);
            }
            catch (KubeException e) when (e.Kind == KubeErrorKind.Expired)
            {
                _isContinueTooSlow = true;
                throw;
            }
        }

        return position;
    }

    /// <summary>
    /// An API server that is behind the others must not turn the cache back. When every list is older, time after time, the cluster itself went
    /// back, and the cache has to follow.
    /// </summary>
    private void RefuseStale(string version)
    {
        if (ResourceVersions.IsAtLeast(version, _newest) != false)
        {
            return;
        }

        if (_staleLists++ < options.StaleLists)
        {
            throw new KubeException(
                KubeErrorKind.MalformedAnswer, $"cannot list {query}: the answer is of version {version}, older than {_newest}, which was seen before");
        }

        LogRestored(query, version);
    }
}
