using Firstline.Api.Meta;

namespace Firstline.Kube.Informers;

/// <summary>An object that exists in a version which the cache cannot decode; the cache shows its last readable version, or nothing if there was none.</summary>
/// <param name="Type">Kind.</param>
/// <param name="Key">Namespace and name.</param>
/// <param name="Reason">Which field, as half a sentence: <c>its field status.phase does not have the expected shape</c>. Never a value.</param>
public sealed record UnreadableObject(ResourceType Type, NamespacedName Key, string Reason);
