namespace Firstline.Controllers.Ports;

/// <summary>What became of a report.</summary>
public enum IntakeOutcome
{
    /// <summary>It is stored in the API server, or needs no storing: it ends what no incident is open for.</summary>
    Stored,

    /// <summary>It names no object and belongs to no incident, so nothing was stored.</summary>
    NoTarget,

    /// <summary>Its incident would be in a namespace that this operator does not watch, so nothing was stored.</summary>
    NotWatched,
}
