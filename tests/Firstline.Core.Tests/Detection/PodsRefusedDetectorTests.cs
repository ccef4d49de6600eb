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
}
