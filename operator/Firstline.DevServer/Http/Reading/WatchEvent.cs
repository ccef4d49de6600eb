using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Reading;

/// <summary>What a watcher is told.</summary>
/// <param name="Type"><c>ADDED</c>, <c>MODIFIED</c> or <c>DELETED</c>.</param>
/// <param name="Object">The object; for a deletion its last state that the watcher knew, at the version of the event.</param>
internal sealed record WatchEvent(string Type, StoredObject Object);
