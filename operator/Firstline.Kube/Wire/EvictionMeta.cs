namespace Firstline.Kube.Wire;

internal sealed record EvictionMeta(string Name, string Namespace);
