namespace Firstline.Api.V1Alpha1;

/// <summary>What a human says of an incident afterwards.</summary>
public enum Feedback
{
    /// <summary>Nothing was wrong.</summary>
    FalsePositive,

    /// <summary>Another incident is about the same trouble.</summary>
    Duplicate,

    /// <summary>Something was wrong, but not of this category.</summary>
    WrongCategory,
}
