using Firstline.Api.Meta;

namespace Firstline.Kube.Informers;

/// <summary>Keys of objects by a value that a selector reads from them.</summary>
internal sealed class StoreIndex<T>(Func<T, IEnumerable<string>> selector)
    where T : class
{
    private readonly Dictionary<string, HashSet<NamespacedName>> _buckets = new(StringComparer.Ordinal);

    public IReadOnlyCollection<NamespacedName> Keys(string value) =>
        _buckets.TryGetValue(value, out HashSet<NamespacedName>? keys) ? keys : [];

    public void Move(NamespacedName key, T? old, T? @new)
    {
        foreach (string value in old is null ? [] : selector(old))
        {
            if (_buckets.TryGetValue(value, out HashSet<NamespacedName>? keys) && keys.Remove(key) && keys.Count == 0)
            {
                _buckets.Remove(value);
            }
        }

        foreach (string value in @new is null ? [] : selector(@new))
        {
            if (!_buckets.TryGetValue(value, out HashSet<NamespacedName>? keys))
            {
                _buckets[value] = keys = [];
            }

            keys.Add(key);
        }
    }
}
