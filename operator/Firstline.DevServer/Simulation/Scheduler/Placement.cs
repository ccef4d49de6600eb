namespace Firstline.DevServer.Simulation.Scheduler;

/// <summary>Where a pod goes.</summary>
internal abstract record Placement
{
    private Placement()
    {
    }

    public sealed record On(string Node) : Placement;

    /// <summary>Nowhere, with the scheduler's own sentence.</summary>
    public sealed record Nowhere(string Message) : Placement;
}
