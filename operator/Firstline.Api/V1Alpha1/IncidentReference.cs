using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>Names an incident in the same namespace.</summary>
public sealed record IncidentReference
{
    /// <summary>Name.</summary>
    [Required, MinLength(1), MaxLength(253)]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>UID.</summary>
    [Required, MaxLength(64)]
    public string Uid { get; init => field = value ?? ""; } = "";
}
