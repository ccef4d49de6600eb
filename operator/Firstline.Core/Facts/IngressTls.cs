using System.Collections.Immutable;

namespace Firstline.Core.Facts;

/// <summary>A certificate of an Ingress.</summary>
/// <param name="Secret">Name of the Secret.</param>
/// <param name="Hosts">Hosts it is for.</param>
public sealed record IngressTls(string Secret, ImmutableArray<string> Hosts);
