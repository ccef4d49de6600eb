namespace Firstline.Kube.Wire;

internal sealed record EventSource(string Component);
