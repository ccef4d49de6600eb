namespace Firstline.Kube.Tests.Scripted;

/// <summary>A projection that keeps one field.</summary>
internal sealed record PodStatusOnly(PodStatusView? Status);
