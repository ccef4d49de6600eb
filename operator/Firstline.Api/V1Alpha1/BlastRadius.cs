using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>What a plan may disturb.</summary>
public sealed record BlastRadius
{
    /// <summary>Ready pods that it may stop at once.</summary>
    [Range(0, int.MaxValue)]
    public int DisruptedPods { get; init; }

    /// <summary>Pods of the target that are ready when planned.</summary>
    [Range(0, int.MaxValue)]
    public int ReadyPods { get; init; }

    /// <summary>Pods that the target wants.</summary>
    [Range(0, int.MaxValue)]
    public int DesiredPods { get; init; }

    /// <summary>For people, such as 1/4 pods.</summary>
    [MaxLength(63)]
    public string Summary { get; init => field = value ?? ""; } = "";
}
