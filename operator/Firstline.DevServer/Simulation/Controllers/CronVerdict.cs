using Firstline.DevServer.Simulation.Values;

namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>What a CronJob does now.</summary>
/// <param name="Start">The scheduled time to start a Job for; null for none.</param>
/// <param name="Missed">A scheduled time that passed too long ago to be started; null for none.</param>
/// <param name="Next">The next scheduled time; null when there is none.</param>
internal sealed record CronVerdict(DateTimeOffset? Start, DateTimeOffset? Missed, DateTimeOffset? Next)
{
    /// <param name="schedule">The schedule.</param>
    /// <param name="zone">Its time zone.</param>
    /// <param name="since">The last scheduled time, or when the CronJob was created.</param>
    /// <param name="startingDeadline">How late a Job may start; null for any.</param>
    /// <param name="now">Now.</param>
    public static CronVerdict Of(CronSchedule schedule, TimeZoneInfo zone, DateTimeOffset since, TimeSpan? startingDeadline, DateTimeOffset now)
    {
        DateTimeOffset? due = null;
        DateTimeOffset? next = schedule.Next(since, zone);

        // A CronJob that slept for long starts one Job, the latest: a day of misses is skipped at once.
        DateTimeOffset horizon = now - TimeSpan.FromDays(1);
        if (next < horizon)
        {
            due = next;
            next = schedule.Next(horizon, zone);
        }

        while (next <= now)
        {
            due = next;
            next = schedule.Next(next.Value, zone);
        }

        bool isLate = due + startingDeadline < now;
        return isLate ? new CronVerdict(null, due, next) : new CronVerdict(due, null, next);
    }
}
