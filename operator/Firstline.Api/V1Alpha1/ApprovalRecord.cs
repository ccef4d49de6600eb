using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>One approval.</summary>
public sealed record ApprovalRecord
{
    /// <summary>User name of the approver.</summary>
    [Required, MinLength(1), MaxLength(253)]
    public string User { get; init => field = value ?? ""; } = "";

    /// <summary>When the operator saw it.</summary>
    public DateTimeOffset SeenAt { get; init; }

    /// <summary>Hash of the plan that it is for.</summary>
    [Required, MaxLength(64)]
    public string PlanHash { get; init => field = value ?? ""; } = "";

    /// <summary>Whether admission made sure that the user set it in person.</summary>
    public ApprovalIdentity Identity { get; init; }
}
