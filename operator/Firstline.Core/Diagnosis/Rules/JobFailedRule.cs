using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>A Job failed for good.</summary>
/// <remarks>Basis 80, since its condition says so: what made its pods fail stands beside it. The object at fault is the Job, not its CronJob, which only made it.</remarks>
internal sealed class JobFailedRule : IHypothesisRule
{
    public string Name => "JobFailed";

    public Expectation Expects(string cause) => new(
        "A new run ends well once what its pods' logs tell is mended; as it is, it fails again.",
        "A run of the same template with the same input ends well.");

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case)
    {
        JobFacts? job = @case.Situation.Jobs
            .Where(static j => j.Conditions.Any(IsFailure))
            .OrderByDescending(static j => j.CreatedAt)
            .ThenBy(static j => j.Ref.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        if (job is null)
        {
            return [];
        }

        ConditionFacts failure = job.Conditions.First(IsFailure);
        string blocks = @case.Situation.CronJob is { } cron && cron.ConcurrencyPolicy != "Allow" ? $"; CronJob {cron.Ref.Name} runs one at a time ({cron.ConcurrencyPolicy})" : "";
        string why = failure.Reason switch
        {
            "BackoffLimitExceeded" => "its pods failed as often as it allows",
            "DeadlineExceeded" => "it took longer than it may",
            "" => "its condition says so",
            _ => failure.Reason,
        };
        return
        [
            new()
            {
                Cause = Causes.JobFailed,
                Statement = string.Create(CultureInfo.InvariantCulture, $"Job {job.Ref.Name} failed: {why} ({failure.Reason}, {job.Failed} failed pods){(failure.Message.Length > 0 ? $": {BoundedText.Of(failure.Message, 300)}" : "")}{blocks}"),
                Resource = job.Ref,
                Confidence = Confidence.Of(80),
                For = @case.Evidence.Cite([$"job/{job.Ref.Name}", .. @case.Failures.Select(static f => f.Topic), "event/BackoffLimitExceeded", "event/DeadlineExceeded"]),
                NextStep = $"kubectl logs job/{job.Ref.Name}{@case.NamespaceFlag}, then kubectl delete job {job.Ref.Name}{@case.NamespaceFlag} to let the next run go on",
            },
        ];
    }

    private static bool IsFailure(ConditionFacts condition) => condition is { Type: "Failed", Status: ConditionStatus.True };
}
