namespace Firstline.Core.Detection;

/// <summary>Reasons of the condition Tuned, and of the Events that tell it.</summary>
public static class FeedbackReasons
{
    /// <summary>After a human's feedback the same trouble must last longer to be reported.</summary>
    /// <remarks>Nothing to do; to take it back, remove <c>spec.feedback</c>.</remarks>
    public const string WindowRaised = "WindowRaised";

    /// <summary>After a human's feedback the same trouble is not reported for a time.</summary>
    /// <remarks>Nothing to do; to take it back, remove <c>spec.feedback</c>.</remarks>
    public const string DetectorMuted = "DetectorMuted";

    /// <summary>A human's feedback is counted and changes nothing else.</summary>
    /// <remarks>Nothing to do; what follows from feedback is declared in <c>spec.feedback</c> of the RemediationPolicy.</remarks>
    public const string FeedbackCounted = "FeedbackCounted";
}
