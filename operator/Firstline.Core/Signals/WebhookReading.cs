using System.Collections.Immutable;

namespace Firstline.Core.Signals;

/// <summary>What a webhook body said.</summary>
public abstract record WebhookReading
{
    private WebhookReading()
    {
    }

    /// <summary>A body that could be read.</summary>
    /// <param name="Signals">Its alerts, as signals, in the order of the body.</param>
    /// <param name="Problems">One sentence for each alert that could not be read and was left out.</param>
    /// <param name="TruncatedAlerts">Alerts that the sender left out of the body, because it was told to bound it.</param>
    public sealed record Accepted(ImmutableArray<Signal> Signals, ImmutableArray<string> Problems, int TruncatedAlerts) : WebhookReading;

    /// <summary>A body that is not what it should be; nothing in it was used.</summary>
    /// <param name="Problem">What is wrong and what to do, in one sentence.</param>
    public sealed record Refused(string Problem) : WebhookReading;

    /// <summary>A body for a webhook that is not declared; nothing in it was used.</summary>
    /// <param name="Problem">What is wrong and what to do, in one sentence.</param>
    public sealed record Unknown(string Problem) : WebhookReading;
}
