namespace Firstline.Core.Facts;

/// <summary>Where an Ingress sends a path.</summary>
/// <param name="Path">Path; empty for the default backend.</param>
/// <param name="Service">Name of the Service.</param>
/// <param name="Port">Number or name of the Service's port.</param>
public sealed record IngressBackend(string Path, string Service, string Port);
