using System.Collections.Immutable;

namespace Firstline.DevServer.Simulation.Client;

/// <summary>One page of a list.</summary>
/// <param name="Items">The objects.</param>
/// <param name="ResourceVersion">Where a watch may start.</param>
/// <param name="Continue">Token of the next page; empty on the last.</param>
internal sealed record ObjectPage(ImmutableArray<KubeObject> Items, string ResourceVersion, string Continue);
