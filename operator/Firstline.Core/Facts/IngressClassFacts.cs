namespace Firstline.Core.Facts;

/// <summary>What is read of an IngressClass.</summary>
/// <param name="Name">Name.</param>
/// <param name="IsDefault">True when Ingresses that name no class get this one.</param>
public sealed record IngressClassFacts(string Name, bool IsDefault);
