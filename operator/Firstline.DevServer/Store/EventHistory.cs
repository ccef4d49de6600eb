namespace Firstline.DevServer.Store;

/// <summary>The latest changes of one resource, from which watches start and old lists are rebuilt; older ones are forgotten.</summary>
/// <param name="window">How many changes are kept.</param>
/// <param name="start">Version at which the history begins: what was before it is not known.</param>
internal sealed class EventHistory(int window, long start)
{
    private readonly LinkedList<StoreEvent> events = new();

    /// <summary>The oldest version that a watch or list may still ask for.</summary>
    public long OldestVersion { get; private set; } = start;

    public void Add(StoreEvent change)
    {
        events.AddLast(change);
        while (events.Count > window)
        {
            OldestVersion = events.First!.Value.Version;
            events.RemoveFirst();
        }
    }

    /// <summary>Changes after <paramref name="version"/>, oldest first.</summary>
    public IReadOnlyList<StoreEvent> After(long version)
    {
        List<StoreEvent> after = [.. NewestFirst(version)];
        after.Reverse();
        return after;
    }

    /// <summary>Changes after <paramref name="version"/>, newest first; costs only what it yields.</summary>
    public IEnumerable<StoreEvent> NewestFirst(long version)
    {
        for (LinkedListNode<StoreEvent>? node = events.Last; node is not null && node.Value.Version > version; node = node.Previous)
        {
            yield return node.Value;
        }
    }
}
