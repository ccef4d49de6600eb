using Firstline.Core.Gates;

namespace Firstline.Core.Lifecycle;

/// <summary>
/// Tells what the silence of signals means after a change was undone. The change may have silenced them, and what brings the old state back brings the
/// trouble back: only signals that stay away say that it is over.
/// </summary>
public static class SignalAbsence
{
    /// <summary>How long they must stay away. An alert of a crash loop commonly waits for 15 minutes before it fires, and its delivery takes minutes more.</summary>
    public static readonly TimeSpan Needed = TimeSpan.FromMinutes(30);

    /// <summary>When the incident is over if no signal fires until then; null while one fires, and when no change was undone.</summary>
    public static DateTimeOffset? OverAt(IncidentView view) =>
        view.Remediations.Select(static r => r.UndoneAt).Max() is { } undone && !FiringSignals.IsFiring(view.Incident)
            ? (view.Incident.Status?.Signals ?? []).Select(static s => s.LastSeen).Append(undone).Max() + Needed
            : null;
}
