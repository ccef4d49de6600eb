using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Planning;

/// <summary>The windows and freezes of a policy that are for certain namespaces and a severity.</summary>
public sealed class ChangeCalendar
{
    // Windows and freezes that take turns for longer than this open for nobody that waits.
    private const int MostTurns = 64;

    private readonly ImmutableArray<ChangeWindow> _windows;
    private readonly ImmutableArray<ChangeFreeze> _freezes;
    private readonly Func<string, TimeZoneInfo?>? _zones;

    /// <summary>The calendar of a plan; planning and its gate look at this one.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="home">Namespace of its request.</param>
    /// <param name="incident">The incident that it is for; null when it is gone.</param>
    /// <param name="zones">Finds a time zone by its name, null for one that there is not; null when it can't be told, and then every window is closed.</param>
    public static ChangeCalendar For(RemediationPolicySpec policy, RemediationPlan plan, string home, Incident? incident, Func<string, TimeZoneInfo?>? zones) =>
        new(policy, TouchedObjects.Namespaces(plan, home), incident?.Spec.Severity, zones);

    /// <param name="policy">The policy.</param>
    /// <param name="namespaces">Namespaces in which something would be changed.</param>
    /// <param name="confirmed">Severity that a human confirmed; null when none did, and then no exception holds.</param>
    /// <param name="zones">Finds a time zone by its name, null for one that there is not; null when it can't be told, and then every window is closed.</param>
    public ChangeCalendar(RemediationPolicySpec policy, IReadOnlyCollection<string> namespaces, Severity? confirmed, Func<string, TimeZoneInfo?>? zones)
    {
        _windows = [.. policy.ChangeWindows.Where(w => IsFor(w.Namespaces, w.ExceptSeverities, namespaces, confirmed))];
        _freezes = [.. policy.Freezes.Where(f => IsFor(f.Namespaces, f.ExceptSeverities, namespaces, confirmed))];
        _zones = zones;
    }

    /// <summary>The windows, one of which has to be open; none when it is open at all times.</summary>
    public IEnumerable<string> Windows => _windows.Select(static w => string.Create(
        CultureInfo.InvariantCulture, $"{w.Name}: {(w.Days.IsEmpty ? "every day" : string.Join(",", w.Days))} {w.Start}-{w.End} {w.TimeZone}"));

    /// <summary>The first mistake by which a window or freeze can't be read, beginning with its field; null when all can.</summary>
    public string? Problem() => _windows.Select(WindowProblem).Concat(_freezes.Select(FreezeProblem)).FirstOrDefault(static p => p is not null);

    /// <summary>The freeze that holds now; null when none does.</summary>
    public ChangeFreeze? FreezeAt(DateTimeOffset now) => _freezes.Where(f => f.From <= now && now < f.Until).MaxBy(static f => f.Until);

    /// <summary>True while no window is asked for, or one is open. Only for a calendar without a <see cref="Problem"/>.</summary>
    public bool IsWindowOpen(DateTimeOffset now) => _windows.IsEmpty || _windows.Any(w => Times(w, now).Any(t => t.Holds(now)));

    /// <summary>The next time, from now on, at which no freeze holds and a window is open; null when there is none to be seen, or a window can't be read.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset now)
    {
        DateTimeOffset? at = Problem() is null ? now : null;
        for (int turn = 0; at is { } time && turn < MostTurns; turn++)
        {
            DateTimeOffset? later = FreezeAt(time)?.Until ?? (IsWindowOpen(time) ? time : NextStart(time));
            if (later == time)
            {
                return time;
            }

            at = later;
        }

        return null;
    }

    private DateTimeOffset? NextStart(DateTimeOffset after) =>
        _windows.SelectMany(w => Times(w, after)).Where(t => t.Start > after).Select(static t => (DateTimeOffset?)t.Start).Min();

    private ImmutableArray<WindowTimes> Times(ChangeWindow window, DateTimeOffset now) => WindowTimes.Around(window, _zones!(window.TimeZone)!, now);

    private string? WindowProblem(ChangeWindow window)
    {
        string path = $"spec.changeWindows[{window.Name}]";
        return _zones is null ? $"{path}.timeZone: time zones can't be looked up"
            : !IsTime(window.Start) ? $"{path}.start: \"{window.Start}\" is no time of day such as 22:00"
            : !IsTime(window.End) ? $"{path}.end: \"{window.End}\" is no time of day such as 06:00"
            : _zones(window.TimeZone) is null ? $"{path}.timeZone: there is no time zone \"{window.TimeZone}\"; name one of the IANA database, such as Europe/Berlin"
            : null;
    }

    private static string? FreezeProblem(ChangeFreeze freeze) => freeze.From < freeze.Until ? null : $"spec.freezes[{freeze.Name}].until: it ends before it begins";

    private static bool IsTime(string text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsFor(ImmutableArray<string> named, ImmutableArray<Severity> except, IReadOnlyCollection<string> namespaces, Severity? confirmed) =>
        (named.IsEmpty || named.Any(namespaces.Contains)) && !(confirmed is { } severity && except.Contains(severity));
}
