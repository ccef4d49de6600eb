namespace Firstline.Kube.Wire;

/// <summary><c>policy/v1 Eviction</c>.</summary>
internal sealed record Eviction(EvictionMeta Metadata, DeleteBody? DeleteOptions)
{
    public string ApiVersion { get; init; } = "policy/v1";

    public string Kind { get; init; } = "Eviction";
}
