using Firstline.Api.Meta;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Detection;

public sealed class StuckStartingDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("it has a node for an hour and no container", Deployment(Starts(3600)), true, null),
        ("it has a node for two minutes, as while a large image comes", Deployment(Starts(120)), false, 180),
        ("it has no node", Deployment(Starts(3600) with { NodeName = null }), false, null),
        ("its image cannot be pulled: that is told by another", Deployment(Starts(3600) with { Containers = [Waiting("ImagePullBackOff")] }), false, null),
        ("it runs", Deployment(Pod(Running())), false, null),
        ("its pod leaves", Deployment(Leaving(Starts(3600))), false, null),
        ("it is scaled to zero", Zero(Deployment(Starts(3600))), false, null),
        ("it is gone", Deployment(Starts(3600)) with { Exists = false }, false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new StuckStartingDetector(), sentence, situation, fires, lookAgain);

    private static PodFacts Starts(int seconds) => Pod(Waiting("ContainerCreating")) with
    {
        Phase = "Pending", NodeName = "n1", Conditions = [new("PodScheduled", ConditionStatus.True, "", "", Ago(seconds))],
    };
}
