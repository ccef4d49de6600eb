namespace Firstline.Kube.Wire;

/// <summary>The read side of <c>autoscaling/v1 Scale</c>.</summary>
internal sealed record Scale(ScaleCount? Spec, ScaleCount? Status);
