using Firstline.Api.Meta;

namespace Firstline.Kube.Tests.Scripted;

/// <summary>The few fields of a pod that the tests look at.</summary>
internal sealed record PodView
{
    public static readonly ResourceType Type = new("", "v1", "Pod", "pods", ResourceScope.Namespaced);

    public ObjectMeta Metadata { get; init; } = new();

    public PodStatusView? Status { get; init; }

    public string Phase => Status?.Phase ?? "";
}
