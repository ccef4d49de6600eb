using System.ComponentModel;
using Firstline.Api.Meta;

namespace Firstline.Api.V1Alpha1;

/// <summary>What follows from humans' feedback on incidents. Without rules it is only counted.</summary>
public sealed record FeedbackRules
{
    /// <summary>After <see cref="Feedback.FalsePositive"/>.</summary>
    public FeedbackTuning? FalsePositive { get; init; }

    /// <summary>After <see cref="Feedback.Duplicate"/>.</summary>
    public FeedbackTuning? Duplicate { get; init; }

    /// <summary>After <see cref="Feedback.WrongCategory"/>.</summary>
    public FeedbackTuning? WrongCategory { get; init; }

    /// <summary>How long a raised window holds; no longer than the incident itself is kept.</summary>
    [DefaultValue("720h")]
    public Duration? KeepFor { get; init; }
}
