using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>A GET over HTTP that has to be answered with a status.</summary>
public sealed record ProbeCheck
{
    /// <summary>Name, unique among the checks of its kind.</summary>
    [Required, MinLength(1), MaxLength(40), RegularExpression("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Name of a probe in the operator's destinations file, which alone says where it goes.</summary>
    [Required, MinLength(1), MaxLength(63)]
    public string Destination { get; init => field = value ?? ""; } = "";

    /// <summary>The status that is well; redirects are not followed.</summary>
    [Range(200, 599), DefaultValue(200)]
    public int? Status { get; init; }

    /// <summary>True when it may be the very trouble that nothing answers: without an answer before the change the change is made all the same.</summary>
    [DefaultValue(false)]
    public bool? MayBeDown { get; init; }
}
