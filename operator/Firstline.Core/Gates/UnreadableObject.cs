using Firstline.Api.Meta;

namespace Firstline.Core.Gates;

/// <summary>An object that exists in a version which this operator cannot decode: what the caches show of it is old.</summary>
/// <param name="Type">Kind.</param>
/// <param name="Key">Namespace and name.</param>
/// <param name="Reason">Why, as half a sentence that names the field.</param>
public sealed record UnreadableObject(ResourceType Type, NamespacedName Key, string Reason);
