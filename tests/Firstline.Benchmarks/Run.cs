namespace Firstline.Benchmarks;

/// <summary>When what followed from one broken Deployment was seen first, on the clock of <see cref="Moments"/>.</summary>
/// <param name="Name">The Deployment.</param>
/// <param name="Crash">The CrashLoopBackOff status.</param>
/// <param name="Incident">The Incident object.</param>
/// <param name="Page">The first page of its diagnosis.</param>
/// <param name="Patch">The L1 patch.</param>
/// <param name="Yardstick">How long a fixed piece of work took right after.</param>
internal sealed record Run(string Name, TimeSpan Crash, TimeSpan Incident, TimeSpan Page, TimeSpan Patch, TimeSpan Yardstick)
{
    public TimeSpan ToIncident => Incident - Crash;

    public TimeSpan ToPage => Page - Crash;

    public TimeSpan ToPatch => Patch - Crash;
}
