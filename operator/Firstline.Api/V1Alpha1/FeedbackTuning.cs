using Firstline.Api.Meta;

namespace Firstline.Api.V1Alpha1;

/// <summary>How the incident's detectors are tuned on its target, and nowhere else.</summary>
public sealed record FeedbackTuning
{
    /// <summary>How much longer than last time the same trouble must last to be reported; left out or 0s: as before.</summary>
    public Duration? RaiseWindowBy { get; init; }

    /// <summary>How long the same trouble is not reported at all; left out or 0s: it is.</summary>
    public Duration? MuteFor { get; init; }
}
