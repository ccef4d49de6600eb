using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Detection;

public sealed class HungDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("it lost readiness two minutes ago", Deployment(Pod(Probed(Running(3600, ready: false)), age: 3700, unreadyFor: 120)), true, null),
        ("it lost readiness a moment ago", Deployment(Pod(Probed(Running(3600, ready: false)), age: 3700, unreadyFor: 20)), false, 40),
        ("it starts slowly, within its probe's budget", Deployment(Pod(Probed(Running(400, ready: false), Probe(period: 10, threshold: 60)), age: 405, unreadyFor: 405)), false, 230),
        ("it starts within the least time", Deployment(Pod(Probed(Running(60, ready: false)), age: 65, unreadyFor: 65)), false, 240),
        ("it has never been ready, long past its budget", Deployment(Pod(Probed(Running(700, ready: false)), age: 705, unreadyFor: 705)), true, null),
        ("its liveness probe has it killed again and again", Deployment(Pod(Live(Running(20, 3, Ended(137, 25, 60))), age: 400)), true, 575),
        ("its startup probe has it killed again and again", Deployment(Pod(Running(20, 3, Ended(137, 25, 60)) with { StartupProbe = Probe() }, age: 400)), true, 575),
        ("its liveness probe had it killed hours ago", Deployment(Pod(Live(Running(7000, 3, Ended(137, 7000, 60))), age: 9000)), false, null),
        ("it was killed for want of memory", Deployment(Pod(Live(Running(20, 3, Ended(137, 25, 60, "OOMKilled"))), age: 400)), false, null),
        ("it crashes by itself", Deployment(Pod(Live(Running(20, 3, Ended(1, 25, 60))), age: 400)), false, null),
        ("it is ready", Deployment(Pod(Probed(Running()))), false, null),
        ("it is not running at all", Deployment(Pod(Probed(BackingOff()), unreadyFor: 900, age: 1000)), false, null),
        ("it leaves", Deployment(Leaving(Pod(Probed(Running(3600, ready: false)), age: 3700, unreadyFor: 120))), false, null),
        ("a Job's pod is not ready", Job(Pod(Probed(Running(3600, ready: false)), age: 3700, unreadyFor: 120)), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new HungDetector(), sentence, situation, fires, lookAgain);

    private static ContainerFacts Probed(ContainerFacts container, ProbeFacts? startup = null) => container with { ReadinessProbe = Probe(), StartupProbe = startup };

    private static ContainerFacts Live(ContainerFacts container) => container with { LivenessProbe = Probe() };
}
