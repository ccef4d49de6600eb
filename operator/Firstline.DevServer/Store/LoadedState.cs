using System.Collections.Immutable;

namespace Firstline.DevServer.Store;

/// <summary>What a journal held when it was opened.</summary>
internal sealed record LoadedState(long Version, ImmutableArray<StoredObject> Objects);
