namespace Firstline.Kube.Wire;

internal sealed record EventObject(string ApiVersion, string Kind, string? Namespace, string Name, string? Uid);
