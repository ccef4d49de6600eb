namespace Firstline.Kube.Wire;

/// <summary><c>coordination.k8s.io/v1 Lease</c>.</summary>
internal sealed record Lease
{
    public string ApiVersion { get; init; } = "coordination.k8s.io/v1";

    public string Kind { get; init; } = "Lease";

    public SimpleMeta Metadata { get; init; } = new();

    public LeaseSpec? Spec { get; init; }
}
