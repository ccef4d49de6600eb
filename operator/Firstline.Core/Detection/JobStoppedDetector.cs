using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds Jobs that are suspended, and Jobs whose pods go on although what they are for has ended.</summary>
/// <remarks>Who suspends a Job or CronJob for a while does not want to hear of it at once. A CronJob is not reported while it is young.</remarks>
public sealed class JobStoppedDetector : IDetector
{
    /// <summary>How long a Job may be suspended.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>How long a pod may go on after one of its containers has ended well.</summary>
    public static readonly TimeSpan Lingering = TimeSpan.FromMinutes(10);

    /// <summary>How long a Job may run that sets no deadline.</summary>
    public static readonly TimeSpan LongRun = TimeSpan.FromHours(12);

    private DetectorReport Endless(Situation situation, DateTimeOffset now)
    {
        if (!situation.IsBatch)
        {
            return DetectorReport.Nothing;
        }

        PodFacts? half = situation.WantedPods.FirstOrDefault(static p => p.Phase == "Running"
            && p.Containers.Any(static c => c is { Role: ContainerRole.App, State: ContainerState.Terminated { ExitCode: 0 } })
            && p.Containers.Any(static c => c is { Role: ContainerRole.App, State: ContainerState.Running }));
        if (half is not null)
        {
            DateTimeOffset ended = half.Containers.Select(static c => (c.State as ContainerState.Terminated)?.FinishedAt).Max() ?? half.CreatedAt;
            string goesOn = string.Join(", ", half.Containers.Where(static c => c is { Role: ContainerRole.App, State: ContainerState.Running }).Select(static c => c.Name));
            return ContainerSearch.After(Name, situation, ended, Lingering, now, $"pod {half.Ref.Name} never completes: container {goesOn} goes on although another has ended well");
        }

        JobFacts? old = situation.Jobs.Where(static j => j is { Active: > 0, Suspended: false }).MinBy(static j => j.CreatedAt);
        bool isRunning = old is not null && situation.WantedPods.Any(static p => p.Phase == "Running");
        return !isRunning ? DetectorReport.Nothing : ContainerSearch.After(Name, situation, old!.CreatedAt, LongRun, now, $"Job {old.Ref.Name} runs and does not complete");
    }

    // The newest change of a CronJob that is suspended, when it is that one.
    private static ChangeStamp? SuspendedBy(CronJobFacts cron) => cron.LastChange is { } last && last.Fields.Contains("suspend") ? last : null;

    /// <summary>Who suspended the CronJob, and whether its last Job had failed before, as the end of a sentence; empty when nothing tells.</summary>
    public static string WhySuspended(Situation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        string by = situation.CronJob is { } cron && SuspendedBy(cron) is { By.Length: > 0 } change ? $"; {change.By} suspended it" : "";
        return situation.CronJob is not null && situation.FailedJobs.FirstOrDefault() is { } failed
            ? $"{(by.Length > 0 ? by : "; it was suspended")} after Job {failed.Ref.Name} had failed" : by;
    }

    /// <inheritdoc/>
    public string Name => "JobStopped";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (!situation.Exists || situation.Deletion is not null)
        {
            return DetectorReport.Nothing;
        }

        if (situation is { Subject.Kind: "CronJob", CronJob.Suspended: true })
        {
            return ContainerSearch.After(
                Name, situation, SuspendedBy(situation.CronJob)?.Time ?? situation.CronJob.CreatedAt, Patience, now,
                $"the CronJob is suspended, so that it starts no Job{WhySuspended(situation)}");
        }

        if (situation is { Subject.Kind: "Job", Jobs: [{ Suspended: true } job] })
        {
            DateTimeOffset since = job.Conditions.FirstOrDefault(static c => c is { Type: "Suspended", Status: ConditionStatus.True })?.Since ?? job.CreatedAt;
            return ContainerSearch.After(Name, situation, since, Patience, now, "the Job is suspended and does not run");
        }

        return Endless(situation, now);
    }
}
