using System.Collections.Immutable;
using Firstline.Api.Meta;

namespace Firstline.Kube.Informers;

/// <summary>
/// What the cache holds; reads cost no request. Values are shared: never change one.
/// </summary>
/// <exception cref="TransientException">On every read before the first list is complete: a half-filled cache is never shown.</exception>
public interface IReadOnlyStore<T>
    where T : class
{
    /// <summary>The object, or null when it does not exist.</summary>
    T? Find(NamespacedName key);

    /// <summary>All objects, or those of one namespace.</summary>
    ImmutableArray<T> List(string? ns = null);

    /// <summary>Objects for which the index <paramref name="index"/> gives <paramref name="value"/>.</summary>
    ImmutableArray<T> ByIndex(string index, string value);
}
