namespace Firstline.Kube.Tests.Scripted;

internal sealed record PodStatusView(string? Phase);
