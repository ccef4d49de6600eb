using Firstline.Api.Meta;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Detection;

public sealed class UnavailableDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("it says so for an hour", Says(3600), true, null),
        ("it says so for a minute, as while it starts", Says(60), false, 540),
        ("a pod on its own is not ready for an hour", Alone(Pod(Running(ready: false), age: 3600)), true, null),
        ("a pod on its own is not ready for a minute", Alone(Pod(Running(ready: false), age: 60)), false, 540),
        ("its pods are ready", Deployment(Pod(Running())), false, null),
        ("its pod has ended", Alone(Pod(Running(ready: false), age: 3600) with { Phase = "Succeeded" }), false, null),
        ("it is a Job", Job(Pod(Running(ready: false), age: 3600)), false, null),
        ("it is scaled to zero", Zero(Says(3600)), false, null),
        ("it was deleted", Says(3600) with { Deletion = new(Ago(10), []) }, false, null),
        ("it is gone", Says(3600) with { Exists = false }, false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new UnavailableDetector(), sentence, situation, fires, lookAgain);

    [Theory]
    [InlineData("StatefulSet", 5, "2 of 3 pods not ready for long; StatefulSet web stands at web-2, and the others wait for it")]
    [InlineData("StatefulSet", 3, "2 of 3 pods not ready for long")]
    [InlineData("DaemonSet", 3, "2 of 3 pods not ready for long; 1 of 3 nodes have a ready one: n10, n2 not")]
    public void Detect_names_what_the_trouble_holds_up(string kind, int desired, string summary)
    {
        Situation situation = Deployment(Pod(Running(), "web-1"), Unready("web-10", "n10"), Unready("web-2", "n2"));
        situation = situation with { Subject = Target(kind), Workload = situation.Workload! with { Ref = Target(kind), DesiredPods = desired } };

        new UnavailableDetector().Detect(situation, Now).Findings.Single().Summary.Should().Be(summary);
    }

    private static PodFacts Unready(string name, string node) => Pod(Running(ready: false), name, 3600) with { NodeName = node };

    private static Situation Alone(PodFacts pod) => new() { Subject = pod.Ref, Pods = [pod] };

    private static Situation Says(int since)
    {
        Situation situation = Deployment(Pod(Running(ready: false)));
        return situation with { Workload = situation.Workload! with { Conditions = [new("Available", ConditionStatus.False, "MinimumReplicasUnavailable", "x", Ago(since))] } };
    }
}
