namespace Firstline.Core.Lifecycle;

/// <summary>Reasons of a RemediationPolicy's condition Valid.</summary>
public static class PolicyReasons
{
    /// <summary>All that the policy names is known.</summary>
    /// <remarks>Nothing to do.</remarks>
    public const string PolicyValid = "PolicyValid";

    /// <summary>A rule names a detector that there is not, so that it is for less than was meant.</summary>
    /// <remarks>Correct the name in the rule that the message names; docs/detectors.md lists all of them.</remarks>
    public const string UnknownDetector = "UnknownDetector";
}
