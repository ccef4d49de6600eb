using Firstline.Api.Meta;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Detection;

public sealed class NodeTroubleDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("its kubelet is silent for an hour", Of(Node(NotReady())), true, null),
        ("its disk is full", Of(Node(Well, Bad("DiskPressure"))), true, null),
        ("its kubelet is silent for half a minute", Of(Node(NotReady(30))), false, 30),
        ("it is ready", Of(Node(Well, Bad("DiskPressure") with { Status = ConditionStatus.False })), false, null),
        ("it is cordoned for two hours", Of(Node(Well) with { IsCordoned = true, CordonedAt = Ago(7200) }), true, null),
        ("it is cordoned, and nothing tells since when", Of(Node(Well) with { IsCordoned = true }), true, null),
        ("it is cordoned for half an hour, as by a drain", Of(Node(Well) with { IsCordoned = true, CordonedAt = Ago(1800) }), false, 1800),
        ("it is being removed", Of(Node(NotReady()) with { Deletion = new(Ago(10), []) }), false, null),
        ("it is gone", Of(Node(NotReady())) with { Exists = false }, false, null),
        ("it is a workload", Deployment(Pod(Running())), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new NodeTroubleDetector(), sentence, situation, fires, lookAgain);

    private static ConditionFacts Well => new("Ready", ConditionStatus.True, "KubeletReady", "", Ago(86_400));

    private static ConditionFacts Bad(string type) => new(type, ConditionStatus.True, $"KubeletHas{type}", "", Ago(600));
}
