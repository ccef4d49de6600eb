namespace Firstline.Kube.Wire;

internal sealed record DeletePreconditions(string? Uid, string? ResourceVersion);
