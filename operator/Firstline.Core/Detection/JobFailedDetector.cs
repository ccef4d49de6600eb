using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds Jobs that failed for good, on their own or of a CronJob that has not succeeded since.</summary>
/// <remarks>
/// A Job that retries has not failed: only its condition Failed counts. For a CronJob it is over as soon as a later Job succeeds, or the failed
/// Job is deleted. Of a CronJob with <c>concurrencyPolicy: Forbid</c> the summary says so, since whatever of the failed Job still runs holds up the next.
/// </remarks>
public sealed class JobFailedDetector : IDetector
{
    /// <inheritdoc/>
    public string Name => "JobFailed";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (!situation.Exists)
        {
            return DetectorReport.Nothing;
        }

        ImmutableArray<(JobFacts Job, ConditionFacts Failure)> failed =
        [
            .. from job in situation.FailedJobs
               select (job, job.Conditions.First(static c => c is { Type: "Failed", Status: ConditionStatus.True })),
        ];
        return failed.IsEmpty ? DetectorReport.Nothing : new([Found(situation, failed)]);
    }

    private Finding Found(Situation situation, ImmutableArray<(JobFacts Job, ConditionFacts Failure)> failed)
    {
        (JobFacts newest, ConditionFacts failure) = failed[0];
        string blocks = situation.CronJob is { ConcurrencyPolicy: "Forbid" } ? "; its CronJob forbids two at a time" : "";
        return new()
        {
            Detector = Name,
            Fingerprint = Fingerprints.Of(Name, situation.Subject),
            Target = situation.Subject,
            Summary = string.Create(
                CultureInfo.InvariantCulture, $"Job {newest.Ref.Name} failed ({failure.Reason}) after {newest.Failed} failed pods, {failed.Length} failed in all{blocks}"),
            Since = failed.Min(static f => f.Failure.Since ?? f.Job.CreatedAt),
        };
    }
}
