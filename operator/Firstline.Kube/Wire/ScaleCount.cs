namespace Firstline.Kube.Wire;

internal sealed record ScaleCount(int Replicas);
