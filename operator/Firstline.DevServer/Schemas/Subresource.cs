using System.Collections.Immutable;

namespace Firstline.DevServer.Schemas;

/// <summary>A subresource beside <c>status</c> and <c>scale</c>, as discovery shows it.</summary>
/// <param name="Name">Such as <c>eviction</c>.</param>
/// <param name="Group">Group of the kind that it takes; empty for the core group and where it is the parent's own.</param>
/// <param name="Version">Version of that kind; empty where it is the parent's own.</param>
/// <param name="Kind">The kind that it takes, such as <c>Eviction</c>.</param>
/// <param name="Verbs">What can be done with it.</param>
internal sealed record Subresource(string Name, string Group, string Version, string Kind, ImmutableArray<string> Verbs);
