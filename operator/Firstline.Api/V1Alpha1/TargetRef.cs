using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>Names the object that an incident, hypothesis or mutation is about.</summary>
public sealed record TargetRef
{
    /// <summary>Group and version of the object, such as apps/v1.</summary>
    [MaxLength(253)]
    public string ApiVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Kind of the object, such as Deployment.</summary>
    [Required, MinLength(1), MaxLength(63)]
    public string Kind { get; init => field = value ?? ""; } = "";

    /// <summary>Namespace of the object; left out for cluster-scoped kinds and for objects in the incident's own namespace.</summary>
    [MaxLength(63)]
    public string? Namespace { get; init; }

    /// <summary>Name of the object.</summary>
    [Required, MinLength(1), MaxLength(253)]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>UID of the object when it was seen; left out when it was named by hand.</summary>
    [MaxLength(64)]
    public string? Uid { get; init; }

    /// <summary><c>Kind/name</c>, as people write it.</summary>
    public override string ToString() => $"{Kind}/{Name}";
}
