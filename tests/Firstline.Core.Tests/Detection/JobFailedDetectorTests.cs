using Firstline.Api.Meta;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Detection;

public sealed class JobFailedDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("a Job on its own failed", Alone(Failed("import", 600)), true, null),
        ("it is still retrying", Alone(Running("import", 600) with { Failed = 2, Active = 1 }), false, null),
        ("it completed", Alone(Completed("import", 600)), false, null),
        ("the newest Job of a CronJob failed", OfCron(Failed("import-2", 600), Completed("import-1", 4200)), true, null),
        ("a later Job succeeded", OfCron(Completed("import-2", 600), Failed("import-1", 4200)), false, null),
        ("the CronJob succeeded later, and the Job that did is gone", OfCron(Failed("import-1", 4200)) with { CronJob = Cron with { LastSuccessfulTime = Ago(60) } }, false, null),
        ("it succeeded before, and failed since", OfCron(Failed("import-2", 600)) with { CronJob = Cron with { LastSuccessfulTime = Ago(4000) } }, true, null),
        ("the CronJob has no Jobs", OfCron(), false, null),
        ("the Job was deleted", Alone(Failed("import", 600)) with { Exists = false }, false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new JobFailedDetector(), sentence, situation, fires, lookAgain);

    [Fact]
    public void Detect_says_that_a_CronJob_forbids_two_at_a_time() =>
        Assert.Contains("forbids two at a time", Assert.Single(new JobFailedDetector().Detect(OfCron(Failed("import-2", 600)), Now).Findings).Summary, StringComparison.Ordinal);

    private static CronJobFacts Cron => new() { Ref = Target("CronJob", "import", "batch/v1"), ConcurrencyPolicy = "Forbid" };

    private static Situation Alone(JobFacts job) => new() { Subject = job.Ref, Jobs = [job] };

    private static Situation OfCron(params JobFacts[] jobs) => new() { Subject = Cron.Ref, CronJob = Cron, Jobs = [.. jobs] };

    private static JobFacts Running(string name, int age) => new() { Ref = Target("Job", name, "batch/v1"), CreatedAt = Ago(age) };

    private static JobFacts Failed(string name, int age) => Running(name, age) with
    {
        Failed = 7,
        Conditions = [new("Failed", ConditionStatus.True, "BackoffLimitExceeded", "Job has reached the specified backoff limit", Ago(age - 60))],
    };

    private static JobFacts Completed(string name, int age) => Running(name, age) with { Conditions = [new("Complete", ConditionStatus.True, "", "", Ago(age - 60))] };
}
