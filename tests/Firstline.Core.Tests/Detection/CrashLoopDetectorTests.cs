using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Detection;

public sealed class CrashLoopDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("a kubelet says CrashLoopBackOff", Deployment(Pod(BackingOff())), true, null),
        ("it says so after the very first restart", Deployment(Pod(BackingOff(restarts: 1))), true, null),
        ("it says so although the process ended well", Deployment(Pod(BackingOff(exitCode: 0, reason: "Completed"))), true, null),
        ("one pod of two loops", Deployment(Pod(Running()), Pod(BackingOff(), "web-2")), true, null),
        ("a sidecar loops", Deployment(Pod(BackingOff() with { Role = ContainerRole.Sidecar })), true, null),
        ("it runs between two crashes", Deployment(Pod(Running(5, 3, Ended()))), true, 25),
        ("a slow crasher runs for less than twice its last run", Deployment(Pod(Running(100, 3, Ended(ran: 120)))), true, 140),
        ("a crash has just been seen and the kubelet has not said more yet", Deployment(Pod(Running() with { State = Ended(ago: 1), RestartCount = 2, LastTermination = Ended(ago: 30), Ready = false })), true, null),
        ("it has run for long enough since", Deployment(Pod(Running(31, 3, Ended()))), false, null),
        ("a single crash", Deployment(Pod(Running(5, 1, Ended()))), false, null),
        ("one restart long ago", Deployment(Pod(Running(86_000, 1, Ended(ago: 86_001)))), false, null),
        ("a container that is being created", Deployment(Pod(Waiting("ContainerCreating"))), false, null),
        ("a healthy pod", Deployment(Pod(Running())), false, null),
        ("the pod is on its way out", Deployment(Leaving(Pod(BackingOff()))), false, null),
        ("the workload is scaled to zero", Zero(Deployment(Pod(BackingOff()))), false, null),
        ("the workload is gone", Deployment(Pod(BackingOff())) with { Exists = false }, false, null),
        ("an init container loops, which another detector reports", Deployment(Pod(BackingOff() with { Role = ContainerRole.Init })), false, null),
        ("a Job retries", Job(Pod(BackingOff(restarts: 1))), false, null),
        ("a Job has retried often", Job(Pod(BackingOff(restarts: 3))), true, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new CrashLoopDetector(), sentence, situation, fires, lookAgain);

    [Fact]
    public void Detect_makes_one_finding_for_all_replicas_and_says_how_many()
    {
        DetectorReport report = new CrashLoopDetector().Detect(Deployment(Pod(BackingOff()), Pod(BackingOff(restarts: 5), "web-2"), Pod(Running(), "web-3")), Now);

        Assert.Equal("container app of 2 of 3 pods is in CrashLoopBackOff after 5 restarts; it ended last with exit code 1 (Error)", Assert.Single(report.Findings).Summary);
    }
}
