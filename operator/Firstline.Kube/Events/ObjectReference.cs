using Firstline.Api.Meta;

namespace Firstline.Kube.Events;

/// <summary>The object that an event is about.</summary>
/// <param name="Type">Kind.</param>
/// <param name="Key">Namespace and name.</param>
/// <param name="Uid">UID; <c>kubectl describe</c> finds events by it.</param>
public sealed record ObjectReference(ResourceType Type, NamespacedName Key, string? Uid)
{
    /// <summary>The object that carries this metadata.</summary>
    public static ObjectReference Of(ResourceType type, ObjectMeta metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return new(type, NamespacedName.Of(metadata), metadata.Uid);
    }
}
