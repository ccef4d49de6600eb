using Firstline.Api.Meta;

namespace Firstline.Kube.Informers;

/// <summary>A change of the cache. Level-driven: several changes of an object may arrive as one.</summary>
/// <param name="Key">Which object.</param>
/// <param name="Old">As it was; null when it is new.</param>
/// <param name="New">As it is; null when it was deleted. The same as <paramref name="Old"/> on a resync.</param>
public readonly record struct ResourceChange<T>(NamespacedName Key, T? Old, T? New)
    where T : class
{
    public bool IsDeleted => New is null;
}
