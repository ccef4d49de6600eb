using Firstline.Api.V1Alpha1;

namespace Firstline.Controllers.Detection;

/// <summary>What became of a report.</summary>
internal abstract record SignalOutcome
{
    private SignalOutcome()
    {
    }

    /// <summary>It was written, with this part of the status.</summary>
    public sealed record Stored(IncidentStatus Part) : SignalOutcome;

    /// <summary>The incident says so already.</summary>
    public sealed record Known : SignalOutcome;

    /// <summary>The incident is gone, over, or no longer wants it.</summary>
    public sealed record NotTaken : SignalOutcome;
}
