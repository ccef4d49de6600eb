using Firstline.Kube.Client;

namespace Firstline.Kube.Informers;

/// <summary>
/// Remembers how far an informer has read. Where resource versions are numbers, one number says it; elsewhere the last few
/// versions and deletions are kept, and a write counts as seen when it is among them.
/// </summary>
internal sealed class SeenVersions
{
    private const int Kept = 2048;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _recent = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private string _latest = "";

    public void Relisted(string version)
    {
        lock (_gate)
        {
            _latest = version;
        }
    }

    public void Saw(ResourceHeader header, WatchEventKind kind)
    {
        lock (_gate)
        {
            if (ResourceVersions.IsAtLeast(header.ResourceVersion, _latest) != false)
            {
                _latest = header.ResourceVersion;
            }

            Keep(header.ResourceVersion);
            if (kind == WatchEventKind.Deleted)
            {
                Keep(header.Uid);
            }
        }
    }

    public bool Covers(WrittenObject written)
    {
        lock (_gate)
        {
            return ResourceVersions.IsAtLeast(_latest, written.ResourceVersion)
                ?? (_recent.Contains(written.ResourceVersion) || _recent.Contains(written.Uid));
        }
    }

    private void Keep(string value)
    {
        if (!_recent.Add(value))
        {
            return;
        }

        _order.Enqueue(value);
        if (_order.Count > Kept)
        {
            _recent.Remove(_order.Dequeue());
        }
    }
}
