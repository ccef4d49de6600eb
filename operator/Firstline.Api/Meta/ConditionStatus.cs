namespace Firstline.Api.Meta;

/// <summary>Whether a condition holds.</summary>
public enum ConditionStatus
{
    /// <summary>Not known (yet).</summary>
    Unknown,

    /// <summary>It holds.</summary>
    True,

    /// <summary>It does not hold.</summary>
    False,
}
