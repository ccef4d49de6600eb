using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>Names the incident that deals with the cause of another one.</summary>
public sealed record ParentReference
{
    /// <summary>Namespace where it is not the child's own: an incident on an object of the cluster, such as a node, lies in the operator's namespace.</summary>
    [MaxLength(63)]
    public string? Namespace { get; init; }

    /// <summary>Name.</summary>
    [Required, MinLength(1), MaxLength(253)]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>UID.</summary>
    [Required, MaxLength(64)]
    public string Uid { get; init => field = value ?? ""; } = "";
}
