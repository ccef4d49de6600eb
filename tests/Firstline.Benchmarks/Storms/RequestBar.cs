namespace Firstline.Benchmarks.Storms;

/// <summary>What an incident may cost the API server.</summary>
internal static class RequestBar
{
    // Creation, diagnosis with events and logs, planning, and what is told in Events.
    private const double Life = 50;

    // One read and one write, since status is merged on what the server holds; another read where the same is reported before the cache shows it.
    private const double PerSignal = 3;

    /// <summary>Most requests of one incident, watches apart.</summary>
    /// <param name="signals">Signals that it came to hold.</param>
    public static double Of(double signals) => Life + (PerSignal * signals);
}
