namespace Firstline.Api.V1Alpha1;

/// <summary>Where a piece of evidence comes from.</summary>
public enum EvidenceKind
{
    /// <summary>A signal: a detector's finding or an alert.</summary>
    Signal,

    /// <summary>A field of an object's status.</summary>
    Status,

    /// <summary>A field of an object's spec.</summary>
    Spec,

    /// <summary>A Kubernetes Event.</summary>
    Event,

    /// <summary>Lines of a container's log.</summary>
    Log,

    /// <summary>A change of an object, such as a new revision.</summary>
    Change,

    /// <summary>A number that Prometheus gave.</summary>
    Metric,

    /// <summary>An earlier incident of the same target.</summary>
    History,

    /// <summary>What the target needs, or what leads to it.</summary>
    Dependency,
}
