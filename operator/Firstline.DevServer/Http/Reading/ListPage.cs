using System.Collections.Immutable;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Reading;

/// <summary>One page of a list.</summary>
/// <param name="Version">Version that the whole list is of.</param>
/// <param name="Items">The objects on this page.</param>
/// <param name="Continue">Null on the last page.</param>
/// <param name="Remaining">Objects after this page; null where a selector makes it unknown.</param>
internal sealed record ListPage(long Version, ImmutableArray<StoredObject> Items, ContinueToken? Continue, long? Remaining);
