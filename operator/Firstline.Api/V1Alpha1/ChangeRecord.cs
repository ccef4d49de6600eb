using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>A recent change of an object.</summary>
public sealed record ChangeRecord
{
    /// <summary>Short id within the incident, such as C1; C1 is the most suspicious.</summary>
    [Required, MaxLength(16)]
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>When the change was made.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The object that changed.</summary>
    public TargetRef Resource { get; init => field = value ?? new(); } = new();

    /// <summary>Who made it, as the API server knows it: a field manager such as kubectl-edit; left out when unknown.</summary>
    [MaxLength(128)]
    public string? By { get; init; }

    /// <summary>What changed, in one sentence, such as image of container app from web:1 to web:2.</summary>
    [MaxLength(1024)]
    public string Summary { get; init => field = value ?? ""; } = "";

    /// <summary>How suspicious it is: points for when it was made, for what it is to the object in trouble, and for what it changed. 0 when it can't be the cause.</summary>
    [Range(0, 100)]
    public int Score { get; init; }

    /// <summary>What the points are for, in one sentence.</summary>
    [MaxLength(1024)]
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>How to take it back, of the likely culprit; left out for the others, and where it is not known how.</summary>
    public RollbackPlan? Rollback { get; init; }
}
