using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Detection;

public sealed class JobStoppedDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("a Job is suspended for an hour", Alone(new() { Ref = JobRef, CreatedAt = Ago(86_400), Suspended = true, Conditions = [Suspended(3600)] }), true, null),
        ("a Job is suspended for ten minutes", Alone(new() { Ref = JobRef, CreatedAt = Ago(86_400), Suspended = true, Conditions = [Suspended(600)] }), false, 1200),
        ("a CronJob is suspended", OfCron(86_400, isSuspended: true), true, null),
        ("a CronJob is suspended and young", OfCron(60, isSuspended: true), false, 1740),
        ("an old CronJob was suspended an hour ago", ByHand(3600), true, null),
        ("an old CronJob was suspended ten minutes ago", ByHand(600), false, 1200),
        ("a CronJob goes on", OfCron(86_400, isSuspended: false), false, null),
        ("a sidecar goes on an hour after the work was done", Alone(Active(7200), Half(3600)), true, null),
        ("a sidecar goes on for a minute", Alone(Active(7200), Half(60)), false, 540),
        ("it has run for a day", Alone(Active(86_400), Pod(Running())), true, null),
        ("it has run for an hour", Alone(Active(3600), Pod(Running())), false, 11 * 3600),
        ("it was deleted", Alone(Active(86_400), Pod(Running())) with { Deletion = new(Ago(10), []) }, false, null),
        ("it is gone", Alone(Active(86_400), Pod(Running())) with { Exists = false }, false, null),
        ("it is a workload with a container that has ended well", Deployment(Half(3600)), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new JobStoppedDetector(), sentence, situation, fires, lookAgain);

    [Theory]
    [InlineData("by hand", false, "the CronJob is suspended, so that it starts no Job; kubectl-patch suspended it")]
    [InlineData("after a failure", true, "the CronJob is suspended, so that it starts no Job; kubectl-patch suspended it after Job import-7 had failed")]
    public void Detect_tells_who_suspended_a_CronJob_and_whether_a_Job_had_failed(string sentence, bool hasFailed, string summary)
    {
        Situation situation = ByHand(3600) with
        {
            Jobs = hasFailed ? [new() { Ref = Target("Job", "import-7", "batch/v1"), CreatedAt = Ago(7200), Conditions = [new("Failed", ConditionStatus.True, "BackoffLimitExceeded", "", Ago(7000))] }] : [],
        };

        new JobStoppedDetector().Detect(situation, Now).Findings.Single().Summary.Should().Be(summary, sentence);
    }

    private static Situation ByHand(int ago) =>
        OfCron(86_400, isSuspended: true) is var s ? s with { CronJob = s.CronJob! with { LastChange = new(Ago(ago), "kubectl-patch", ["suspend"]) } } : s;

    private static TargetRef JobRef => Target("Job", "import", "batch/v1");

    private static ConditionFacts Suspended(int since) => new("Suspended", ConditionStatus.True, "JobSuspended", "Job suspended", Ago(since));

    private static JobFacts Active(int age) => new() { Ref = JobRef, CreatedAt = Ago(age), Active = 1 };

    private static Situation Alone(JobFacts job, params PodFacts[] pods) => new() { Subject = JobRef, Jobs = [job], Pods = [.. pods] };

    private static Situation OfCron(int age, bool isSuspended)
    {
        TargetRef cron = Target("CronJob", "import", "batch/v1");
        return new() { Subject = cron, CronJob = new() { Ref = cron, CreatedAt = Ago(age), Suspended = isSuspended } };
    }

    private static PodFacts Half(int ended) => Pod(Running(7200) with { Name = "proxy" }) with
    {
        Containers = [Running(7200) with { Name = "proxy" }, Running() with { Name = "work", State = Ended(0, ended, reason: "Completed") }],
    };
}
