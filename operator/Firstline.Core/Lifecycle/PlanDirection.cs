namespace Firstline.Core.Lifecycle;

/// <summary>Which of a step's two lists of mutations is meant.</summary>
public enum PlanDirection
{
    /// <summary>The change.</summary>
    Forward,

    /// <summary>What undoes it.</summary>
    Inverse,
}
