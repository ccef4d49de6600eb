using System.Collections.Immutable;
using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Kube.Client;

namespace Firstline.Kube.Informers;

/// <summary>The objects of one informer whose newest version cannot be decoded. Written by the reflector's thread alone, read by any.</summary>
internal sealed class UnreadableObjects(ResourceQuery query)
{
    private readonly InformerMetrics _metrics = new(query);
    private readonly Dictionary<NamespacedName, (string Version, string Reason)> _objects = [];
    private ImmutableArray<UnreadableObject> _shown = [];

    /// <summary>As of now; safe to read from any thread.</summary>
    public ImmutableArray<UnreadableObject> All => ImmutableInterlocked.InterlockedCompareExchange(ref _shown, default, default);

    /// <summary>The version of the object that cannot be decoded; null when it can.</summary>
    public string? VersionOf(NamespacedName key) => _objects.TryGetValue(key, out (string Version, string Reason) known) ? known.Version : null;

    /// <summary>Notes a version that cannot be decoded; the reason when it is news, null when that version was noted before.</summary>
    public string? Add(NamespacedName key, string version, Exception e)
    {
        if (VersionOf(key) == version)
        {
            return null;
        }

        _metrics.Undecodable();
        string reason = ReasonOf(e);
        _objects[key] = (version, reason);
        Show();
        return reason;
    }

    /// <summary>The object was decoded or deleted; true when it could not be decoded before.</summary>
    public bool Remove(NamespacedName key)
    {
        if (!_objects.Remove(key))
        {
            return false;
        }

        Show();
        return true;
    }

    /// <summary>Forgets those that a whole list did not name.</summary>
    public void Keep(Func<NamespacedName, bool> exists)
    {
        foreach (NamespacedName key in _objects.Keys.Where(key => !exists(key)).ToList())
        {
            Remove(key);
        }
    }

    private void Show()
    {
        ImmutableArray<UnreadableObject> all = [.. _objects.Select(o => new UnreadableObject(query.Type, o.Key, o.Value.Reason))];
        ImmutableInterlocked.InterlockedExchange(ref _shown, all);
        _metrics.Unreadable(all.Length);
    }

    /// <summary>Names the field where the decoder does; the words of another error may hold a value and are left out.</summary>
    private static string ReasonOf(Exception e)
    {
        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is JsonException { Path: { Length: > 2 } path })
            {
                return $"its field {path[2..]} does not have the expected shape";
            }
        }

        return $"it does not have the expected shape ({e.GetType().Name})";
    }
}
