using Firstline.Api.Meta;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Xunit;
using static Firstline.Core.Tests.Detection.DetectorTable;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Detection;

public sealed class PodsRefusedDetectorTests
{
    public static TheoryData<string, Situation, bool, int?> Situations { get; } = Rows(
        ("a quota refuses the pods for ten minutes", Refused(600), true, null),
        ("a quota refuses the pods for half a minute", Refused(30), false, 30),
        ("a StatefulSet has one of two pods, which is ready for long", Lacking("StatefulSet"), true, null),
        ("a StatefulSet has one of two pods, which has just become ready", Lacking("StatefulSet", ready: 20), false, 40),
        ("a StatefulSet has one of two pods, which is not ready: it waits for it", Lacking("StatefulSet", isReady: false), false, null),
        ("a StatefulSet has one of two pods since it was scaled up just now", Changed(scaled: 20), false, 40),
        ("a StatefulSet has one of two pods since it was scaled up ten minutes ago", Changed(scaled: 600), true, null),
        ("a StatefulSet has one of two pods, as its controller said just now", Changed(counted: 20), false, 40),
        ("a DaemonSet has one of two pods, as its controller said ten minutes ago", Changed(counted: 600, kind: "DaemonSet"), true, null),
        ("a StatefulSet has one of two pods, and the other one is being deleted", Replacing(), false, null),
        ("a Deployment lacks a pod and says nothing", Lacking("Deployment"), false, null),
        ("all pods are there", Deployment(Pod(Running())), false, null),
        ("it is scaled to zero", Zero(Refused(600)), false, null),
        ("it was deleted", Refused(600) with { Exists = false }, false, null),
        ("it is a Job", Job(Pod(Running())), false, null));

    [Theory]
    [MemberData(nameof(Situations))]
    public void Detect_fires_only_for_what_is_in_trouble(string sentence, Situation situation, bool fires, int? lookAgain) =>
        Judge(new PodsRefusedDetector(), sentence, situation, fires, lookAgain);

    private static Situation Refused(int since)
    {
        Situation situation = Deployment();
        ConditionFacts refusal = new("ReplicaFailure", ConditionStatus.True, "FailedCreate", "pods \"web-1\" is forbidden: exceeded quota: small", Ago(since));
        return situation with { Workload = situation.Workload! with { Conditions = [refusal] } };
    }

    private static Situation Lacking(string kind, int ready = 3600, bool isReady = true)
    {
        Situation situation = Deployment(Pod(Running(ready: isReady), age: 7200, unreadyFor: ready));
        return situation with { Subject = Target(kind), Workload = situation.Workload! with { Ref = Target(kind), DesiredPods = 2 } };
    }

    private static Situation Changed(int scaled = 3600, int counted = 3600, string kind = "StatefulSet")
    {
        Situation situation = Lacking(kind);
        return situation with { Workload = situation.Workload! with { LastChange = new(Ago(scaled), "kubectl-edit", ["replicas"]), StatusChangedAt = Ago(counted) } };
    }

    private static Situation Replacing()
    {
        Situation situation = Lacking("StatefulSet");
        return situation with { Pods = [.. situation.Pods, Pod(Running()) with { DeletionAt = Ago(5) }] };
    }
}
