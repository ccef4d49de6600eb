using Firstline.Api.Meta;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Detection;

public sealed class AutoscalerBoundDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("it wants more than its maximum for an hour", Of(Limited()), true, null),
        ("it wants more than its maximum for ten minutes, as at a peak", Of(Limited(600)), false, 1200),
        ("it is at its lowest", Of(Limited(reason: "TooFewReplicas")), false, null),
        ("it is below its maximum, and grows as fast as it may", Of(Limited(reason: "ScaleUpLimit") with { Current = 3 }), false, null),
        ("it was at its maximum, and its pods are fewer now", Of(Limited() with { Current = 4 }), false, null),
        ("its number is pinned on purpose", Of(Limited() with { Least = 5 }), false, null),
        ("it wants no more than it has", Of(Limited() with { Conditions = [new("ScalingLimited", ConditionStatus.False, "DesiredWithinRange", "", Ago(3600))] }), false, null),
        ("it is gone", Of(Limited()) with { Exists = false }, false, null),
        ("it is a workload", Deployment(Pod(Running())), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new AutoscalerBoundDetector(), sentence, situation, fires, lookAgain);

    private static AutoscalerFacts Limited(int since = 3600, string reason = "TooManyReplicas") => Autoscaler(reason) with
    {
        Least = 1, Most = 5, Current = 5, Conditions = [new("ScalingLimited", ConditionStatus.True, reason, "the desired replica count is more than the maximum replica count", Ago(since))],
    };
}
