using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Detection;

public sealed class AutoscalerDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("no metrics come for an hour", Of(Autoscaler("FailedGetResourceMetric")), true, null),
        ("its target does not exist", Of(Autoscaler("FailedGetScale", "AbleToScale")), true, null),
        ("no metrics come for a minute, as of new pods", Of(Autoscaler("FailedGetResourceMetric", since: 60)), false, 120),
        ("it is switched off", Of(Autoscaler("ScalingDisabled")), false, null),
        ("it waits between two scalings", Of(Autoscaler("BackoffBoth", "AbleToScale")), false, null),
        ("it is at its highest", Of(Autoscaler("TooManyReplicas", "ScalingLimited")), false, null),
        ("it is gone", Of(Autoscaler("FailedGetScale", "AbleToScale")) with { Exists = false }, false, null),
        ("it is a workload", Deployment(Pod(Running())), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new AutoscalerDetector(), sentence, situation, fires, lookAgain);
}
