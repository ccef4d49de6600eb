using System.Collections.Immutable;

namespace Firstline.Core.Facts;

/// <summary>What is read of an EndpointSlice.</summary>
/// <param name="Namespace">Namespace.</param>
/// <param name="Name">Name.</param>
/// <param name="Service">Label <c>kubernetes.io/service-name</c>; empty without it.</param>
/// <param name="Ready">Endpoints that take traffic.</param>
/// <param name="Unready">Endpoints that do not.</param>
/// <param name="Nodes">Nodes of the ready ones.</param>
public sealed record EndpointFacts(string Namespace, string Name, string Service, int Ready, int Unready, ImmutableArray<string> Nodes);
