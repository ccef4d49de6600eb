using Firstline.Api.Meta;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Detection;

/// <summary>Node n1 is silent for ten minutes unless a row says otherwise.</summary>
public sealed class NodeAtFaultTests
{
    /// <summary>A sentence, the workload's situation, and whether its trouble is that of node n1.</summary>
    public static TheoryData<string, Situation, bool> Situations { get; } = new()
    {
        { "its pod does not answer any more", On(Silent()), true },
        { "its pod leaves, and the replacement fits on no other node", On(Leaving(Silent()), Waits()), true },
        { "its pod leaves, and the replacement has not been looked at by the scheduler", On(Leaving(Silent()), Waits() with { Conditions = [] }), true },
        { "two pods left, one replacement waits and one is well elsewhere", On(Leaving(Silent()), Leaving(Silent("web-2")), Waits(), Well("n2")), true },
        { "its pod was evicted for want of disk, and the replacement waits", On(Node(Full), Evicted(), Waits()), true },
        { "the node is well", On(Node(), Silent()), false },
        { "a pod is in trouble on another node too", On(Silent(), Silent("web-2", "n2")), false },
        { "more pods wait than the node has taken away", On(Leaving(Silent()), Waits(), Waits("web-10")), false },
        { "a pod waits since before the node was lost", On(Leaving(Silent()), Waits(age: 3600)), false },
        { "a pod of the next revision waits", On(Leaving(Silent()), Waits(hash: "next")), false },
        { "nothing of it was on the node", On(Waits()), false },
        { "its pod crashed before the node was lost", On(Pod(BackingOff()) with { NodeName = "n1" }), false },
    };

    [Theory]
    [MemberData(nameof(Situations))]
    public void Of_is_the_node_that_takes_a_workload_down(string sentence, Situation situation, bool isNode) =>
        (NodeAtFault.Of(situation)?.Name).Should().Be(isNode ? "n1" : null, sentence);

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_reports_it_on_the_node(string sentence, Situation situation, bool isNode) =>
        DetectorCatalogue.Detect(situation, Now).Findings.Should().NotContain(f => (f.Target.Kind == "Node") != isNode, sentence);

    private static ConditionFacts Full => new("DiskPressure", ConditionStatus.True, "KubeletHasDiskPressure", "", Ago(600));

    private static Situation On(params PodFacts[] pods) => On(Node(NotReady(600)), pods);

    private static Situation On(NodeFacts node, params PodFacts[] pods) => Deployment(pods) with { Around = new() { Nodes = [node] } };

    private static PodFacts Silent(string name = "web-1", string node = "n1") => Pod(Running(3600, ready: false), name, 3600, 600) with { NodeName = node };

    private static PodFacts Well(string node) => Pod(Running(), "web-3") with { NodeName = node };

    private static PodFacts Evicted() => Pod(Running(ready: false)) with { NodeName = "n1", Phase = "Failed", Reason = "Evicted" };

    private static PodFacts Waits(string name = "web-9", int age = 300, string hash = "new") => Pod(Running(ready: false), name, age, hash: hash) with
    {
        Containers = [], Phase = "Pending",
        Conditions = [new("PodScheduled", ConditionStatus.False, "Unschedulable", "0/1 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/unreachable: }.", Ago(age))],
    };
}
