using System.ComponentModel.DataAnnotations;
using Firstline.Api.Meta;

namespace Firstline.Api.V1Alpha1;

/// <summary>What a human's feedback changed: only what stands here is in force.</summary>
public sealed record FeedbackRecord
{
    /// <summary>What the human said.</summary>
    public Feedback Given { get; init; }

    /// <summary>When it was taken up.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>How much longer than it had when it was reported the same trouble must last to be reported; left out when the window stays.</summary>
    public Duration? RaisedBy { get; init; }

    /// <summary>Until when the same trouble is not reported at all; left out when it is.</summary>
    public DateTimeOffset? MutedUntil { get; init; }

    /// <summary>When the raised window ends; left out when none is raised.</summary>
    public DateTimeOffset? RaisedUntil { get; init; }

    /// <summary>What follows from it, in one sentence.</summary>
    [MaxLength(1024)]
    public string Effect { get; init => field = value ?? ""; } = "";
}
