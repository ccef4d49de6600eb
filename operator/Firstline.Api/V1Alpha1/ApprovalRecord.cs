using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>One approval, or its withdrawal; of one user's the last says what holds.</summary>
public sealed record ApprovalRecord
{
    /// <summary>User name of the approver.</summary>
    [Required, MinLength(1), MaxLength(253)]
    public string User { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it was given or taken back.</summary>
    public ApprovalDecision Decision { get; init; }

    /// <summary>When the operator saw it.</summary>
    public DateTimeOffset SeenAt { get; init; }

    /// <summary>resourceVersion of the request in which the operator saw it, by which the API server's audit log tells who wrote it.</summary>
    [MaxLength(64)]
    public string? ResourceVersion { get; init; }

    /// <summary>Hash of the plan that it is for.</summary>
    [Required, MaxLength(64)]
    public string PlanHash { get; init => field = value ?? ""; } = "";

    /// <summary>Whether admission made sure that the user set it in person.</summary>
    public ApprovalIdentity Identity { get; init; }

    /// <summary>Groups that the approver named as the source of the right to approve; empty when the right is the user's own.</summary>
    [MaxLength(16), ItemBounds(253, MinLength = 1)]
    public ImmutableArray<string> Groups { get; init => field = value.IsDefault ? [] : value; } = [];
}
