using Firstline.Api.Meta;

namespace Firstline.Kube.Informers;

/// <summary>The last deletions that were watched: a frame that a broken proxy delivers late must not bring an object back to life.</summary>
internal sealed class RecentDeletions
{
    private const int Kept = 1024;
    private readonly Dictionary<NamespacedName, string> _versions = [];
    private readonly Queue<(NamespacedName Key, string Version)> _order = new();
    private string _listed = "";

    /// <summary>A whole list was taken in: every event that follows is later than it.</summary>
    public void Relisted(string version)
    {
        _listed = version;
        _versions.Clear();
        _order.Clear();
    }

    public void Add(NamespacedName key, string version)
    {
        _versions[key] = version;
        _order.Enqueue((key, version));
        if (_order.Count > Kept && _order.Dequeue() is var oldest && _versions.GetValueOrDefault(oldest.Key) == oldest.Version)
        {
            _versions.Remove(oldest.Key);
        }
    }

    /// <summary>Version after which an event about an object that the cache does not hold is news.</summary>
    public string Floor(NamespacedName key) => _versions.GetValueOrDefault(key, _listed);
}
