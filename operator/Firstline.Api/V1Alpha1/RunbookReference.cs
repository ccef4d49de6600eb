using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>Names a runbook revision.</summary>
public sealed record RunbookReference
{
    /// <summary>Namespace.</summary>
    [Required, MaxLength(63)]
    public string Namespace { get; init => field = value ?? ""; } = "";

    /// <summary>Name.</summary>
    [Required, MinLength(1), MaxLength(253)]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Hash of the runbook's content.</summary>
    [Required, MaxLength(64)]
    public string Revision { get; init => field = value ?? ""; } = "";
}
