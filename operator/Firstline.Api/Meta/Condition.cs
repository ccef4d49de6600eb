namespace Firstline.Api.Meta;

/// <summary>An observation of one aspect of an object's state, in the form of the Kubernetes API conventions (<c>metav1.Condition</c>).</summary>
public sealed record Condition
{
    /// <summary>What is observed, CamelCase; unique within the list.</summary>
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it holds.</summary>
    public ConditionStatus Status { get; init; }

    /// <summary><c>metadata.generation</c> that the observation is about.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>When <see cref="Status"/> last changed.</summary>
    public DateTimeOffset LastTransitionTime { get; init; }

    /// <summary>Why, in one CamelCase word a program can compare.</summary>
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>Why, in one sentence for people; at most 32768 characters.</summary>
    public string Message { get; init => field = value ?? ""; } = "";
}
