namespace Firstline.Core.Facts;

/// <summary>A port of a Service.</summary>
/// <param name="Name">Name; empty when not set.</param>
/// <param name="Port">Number that callers use.</param>
/// <param name="Target"><c>targetPort</c>: a number, or the name of a container's port.</param>
public sealed record ServicePort(string Name, int Port, string Target);
