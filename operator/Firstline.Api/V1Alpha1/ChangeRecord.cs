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

    /// <summary>What changed, in one sentence, such as image of container app from web:1 to web:2.</summary>
    [MaxLength(1024)]
    public string Summary { get; init => field = value ?? ""; } = "";

    /// <summary>Why it is suspected or not, in one sentence.</summary>
    [MaxLength(1024)]
    public string Reason { get; init => field = value ?? ""; } = "";
}
