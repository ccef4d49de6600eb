using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>A container in trouble, and its pod.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Container">The container.</param>
internal sealed record ContainerMatch(PodFacts Pod, ContainerFacts Container)
{
    /// <summary>Since when the pod does not serve: since it lost readiness, or since it was made when it never was ready.</summary>
    public DateTimeOffset Since => Pod.Condition("Ready") is { Since: { } since } ? since : Pod.CreatedAt;
}
