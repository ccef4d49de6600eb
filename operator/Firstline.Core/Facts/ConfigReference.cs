namespace Firstline.Core.Facts;

/// <summary>A ConfigMap or Secret that a container reads.</summary>
/// <param name="Kind">ConfigMap or Secret.</param>
/// <param name="Name">Name, in the pod's namespace.</param>
/// <param name="Key">Key; null when the whole object is read.</param>
public sealed record ConfigReference(string Kind, string Name, string? Key)
{
    /// <summary><c>optional: true</c>: the container starts without it.</summary>
    public bool Optional { get; init; }
}
