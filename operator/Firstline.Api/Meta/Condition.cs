using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.Meta;

/// <summary>An observation of one aspect of an object's state, in the form of the Kubernetes API conventions (<c>metav1.Condition</c>).</summary>
public sealed record Condition
{
    /// <summary>What is observed, CamelCase; unique within the list.</summary>
    [Required, MinLength(1), MaxLength(316), RegularExpression(@"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$")]
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it holds.</summary>
    public ConditionStatus Status { get; init; }

    /// <summary><c>metadata.generation</c> that the observation is about.</summary>
    [Range(0, long.MaxValue)]
    public long ObservedGeneration { get; init; }

    /// <summary>When <see cref="Status"/> last changed.</summary>
    public DateTimeOffset LastTransitionTime { get; init; }

    /// <summary>Why, in one CamelCase word a program can compare.</summary>
    [Required, MinLength(1), MaxLength(1024), RegularExpression("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")]
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>Why, in one sentence for people; at most 32768 characters.</summary>
    [Required, MaxLength(32768)]
    public string Message { get; init => field = value ?? ""; } = "";
}
