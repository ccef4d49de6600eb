using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Detection;

/// <summary>Tells what is news from what is not: repeats, and deliveries that were overtaken on their way.</summary>
/// <remarks>
/// A webhook is delivered at least once and in any order: a sender repeats what was not answered, and two replicas of it send without waiting for each other. A
/// delivery says which firing it is about by when that began and ended. An end before the newest firing began is late, and so is a firing that began
/// before the end that is known. The last has an exception: a sender that lost touch with its source ends an alert by itself and
/// takes it up again with its old begin, so that after <see cref="OnItsWay"/> such a firing counts.
/// </remarks>
internal static class LateDelivery
{
    /// <summary>How long a delivery may take: repeats within a request's deadline, and the wait of one replica for the other (15 s each by default).</summary>
    public static readonly TimeSpan OnItsWay = TimeSpan.FromMinutes(1);

    /// <summary>True when the news change nothing.</summary>
    /// <param name="known">What is known of the signal; null when nothing is.</param>
    /// <param name="news">The news.</param>
    /// <param name="now">When they arrived.</param>
    public static bool IsNoNews(SignalRecord? known, SignalNews news, DateTimeOffset now) => (known, news.IsFiring) switch
    {
        (null, true) => false,
        (null, false) or ({ State: SignalState.Resolved }, false) => true,
        ({ State: SignalState.Firing }, true) => news.Source != IncidentSource.Alertmanager || news.Since < known.StartedAt,
        ({ State: SignalState.Firing }, false) => news.ResolvedAt < (known.StartedAt ?? known.FirstSeen),
        _ => news.Source is not (IncidentSource.Manual or IncidentSource.Detector) && news.Since < known.ResolvedAt && now - known.LastSeen < OnItsWay,
    };
}
