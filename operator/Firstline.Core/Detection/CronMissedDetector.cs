using System.Globalization;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds CronJobs that start no Job although their schedule was due.</summary>
/// <remarks>One that is suspended, or whose last Job goes on while it forbids a second one, starts none on purpose. Where neither the CronJob names a time zone nor its last start shows that UTC is
/// right, it is given half a day more, whatever zone the control plane is in.</remarks>
public sealed class CronMissedDetector : IDetector
{
    /// <summary>How late a Job may be started.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>How much later where the time zone is not known: no place is farther from UTC.</summary>
    public static readonly TimeSpan AnyZone = TimeSpan.FromHours(14);

    /// <inheritdoc/>
    public string Name => "CronMissed";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation is not { Exists: true, NamespaceEnding: false, CronJob: { Suspended: false, HasUnknownZone: false } cron } || IsHeldBack(situation, cron)
            || CronSchedule.Parse(cron.Schedule) is not { } schedule)
        {
            return DetectorReport.Nothing;
        }

        TimeZoneInfo zone = cron.Zone ?? TimeZoneInfo.Utc;
        TimeSpan doubt = cron.Zone is not null || schedule.IsSameInAllZones || (cron.LastScheduleTime is { } last && schedule.Fits(last, zone)) ? TimeSpan.Zero : AnyZone;
        return schedule.Next(Since(cron) + doubt, zone) is { } due
            ? ContainerSearch.After(Name, situation, due, Patience + doubt, now, Text(cron, due))
            : DetectorReport.Nothing;
    }

    private static bool IsHeldBack(Situation situation, CronJobFacts cron) => cron.ConcurrencyPolicy == "Forbid" && situation.Jobs.Any(static j => j.Active > 0);

    // What was due before it was resumed, or had this schedule, is not made up for.
    private static DateTimeOffset Since(CronJobFacts cron) =>
        new[] { cron.CreatedAt, cron.LastScheduleTime ?? cron.CreatedAt, cron.LastChange?.Time ?? cron.CreatedAt }.Max();

    private static string Text(CronJobFacts cron, DateTimeOffset due) => string.Create(
        CultureInfo.InvariantCulture,
        $"no Job was started at {due.UtcDateTime:yyyy-MM-dd HH:mm'Z'}, when its schedule ({cron.Schedule}) was due; ")
        + (cron.LastScheduleTime is { } last ? string.Create(CultureInfo.InvariantCulture, $"the last one was due at {last.UtcDateTime:yyyy-MM-dd HH:mm'Z'}") : "none ever was");
}
