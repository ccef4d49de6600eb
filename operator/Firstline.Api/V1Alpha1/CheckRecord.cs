using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>One check of a verification.</summary>
public sealed record CheckRecord
{
    /// <summary>Name of the check.</summary>
    [Required, MaxLength(63)]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it holds.</summary>
    public bool Holds { get; init; }

    /// <summary>What was seen, in one sentence with numbers.</summary>
    [MaxLength(1024)]
    public string Message { get; init => field = value ?? ""; } = "";
}
