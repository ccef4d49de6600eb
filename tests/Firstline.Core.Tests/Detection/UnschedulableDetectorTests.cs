using Firstline.Api.Meta;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Detection;

public sealed class UnschedulableDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("it has waited for three minutes", Deployment(Waits(180)), true, null),
        ("it has waited for a minute, in which an autoscaler may help", Deployment(Waits(60)), false, 60),
        ("a scheduling gate is set", Deployment(Waits(600, "SchedulingGated")), false, null),
        ("it is scheduled", Deployment(Pod(Running())), false, null),
        ("it is scaled to zero", Zero(Deployment(Waits(180))), false, null),
        ("it leaves", Deployment(Leaving(Waits(180))), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new UnschedulableDetector(), sentence, situation, fires, lookAgain);

    private static PodFacts Waits(int seconds, string reason = "Unschedulable") => Pod(Running()) with
    {
        Containers = [], Phase = "Pending",
        Conditions = [new("PodScheduled", ConditionStatus.False, reason, "0/3 nodes are available: 3 Insufficient memory.", Ago(seconds))],
    };
}
