namespace Firstline.DevServer.Store;

/// <summary>One change of the store.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object after the change; for a deletion its last state, at the version of the deletion.</param>
/// <param name="Previous">The object before the change; null when it was added.</param>
internal sealed record StoreEvent(StoreEventType Type, StoredObject Object, StoredObject? Previous)
{
    public long Version => Object.Version;
}
