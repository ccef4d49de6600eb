using Firstline.Api.Meta;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Detection;

public sealed class SchedulingGatedDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("a gate is set for an hour", Deployment(Waits(3600)), true, null),
        ("a gate is set for a minute", Deployment(Waits(60)), false, 240),
        ("it fits on no node", Deployment(Waits(3600, "Unschedulable")), false, null),
        ("it is scheduled", Deployment(Pod(Running())), false, null),
        ("its pod leaves", Deployment(Leaving(Waits(3600))), false, null),
        ("it is gone", Deployment(Waits(3600)) with { Exists = false }, false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new SchedulingGatedDetector(), sentence, situation, fires, lookAgain);

    private static PodFacts Waits(int seconds, string reason = "SchedulingGated") => Pod(Running()) with
    {
        Containers = [], Phase = "Pending", Conditions = [new("PodScheduled", ConditionStatus.False, reason, "Scheduling is blocked due to non-empty scheduling gates", Ago(seconds))],
    };
}
