using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Diagnosis;

public sealed class TriageTests
{
    private const string Asks = """{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"app"}],"volumes":[{"name":"d","persistentVolumeClaim":{"claimName":"data"}}]}}""";

    /// <summary>A sentence, the situation, and the causes that are ruled out beside those of a workload that crashes on a sound node.</summary>
    public static TheoryData<string, Situation, string> Cases { get; } = new()
    {
        { "nothing is known beside its pods", Web(), "" },
        { "it was not rolled out lately", Web() with { Revisions = Old }, "BadRollout" },
        { "it was rolled out just before", Web() with { Revisions = Revisions(320) }, "" },
        { "it was made just now, and keeps no older revision", Web() with { Revisions = Revisions(320)[..1] }, "" },
        { "it keeps one old revision", Web() with { Revisions = Old[..1] }, "" },
        { "it was rolled out after the trouble had begun, and nothing is known of before", Web() with { Revisions = Revisions(90) }, "" },
        { "it was rolled out after the trouble had begun, and long before that", Web() with { Revisions = [Revisions(90)[0], .. Old] }, "BadRollout" },
        { "it was rolled out, and pods of the revision before fail alike", RolledOut(Pod(BackingOff(restarts: 1), "web-0", hash: "old")), "BadRollout" },
        { "it was rolled out, and pods of the revision before fail otherwise", RolledOut(Pod(Running(ready: false), "web-0", hash: "old")), "" },
        { "a restart, whose pods miss what those before needed too, and some are ready", Restarted(), "BadRollout" },
        { "neither it nor its ConfigMap changed", Web() with { Revisions = Old, ConfigMaps = [Config(changed: 100_000)] }, "BadRollout,MisconfiguredAppConfig" },
        { "its ConfigMap changed", Web() with { Revisions = Old, ConfigMaps = [Config(changed: 320)] }, "BadRollout" },
        { "its ConfigMap is as it was, and it reads a Secret", Of(Pod(BackingOff(restarts: 1) with { ConfigReferences = [new("Secret", "db", null)] })) with { Revisions = Old, ConfigMaps = [Config(changed: 100_000)] }, "BadRollout" },
        { "its claim is bound", Web() with { Around = Sound with { Claims = [Claim("Bound")] } }, "PVCPending,PVCLost,PVCMissing" },
        { "its claim is not there", Web() with { Around = Sound }, "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void RuledOut_names_what_the_observations_speak_against(string sentence, Situation situation, string more)
    {
        ImmutableArray<RuledOutCause> found = Report(situation).Triage.RuledOut;

        found.SelectMany(static c => c.Causes).Except(Always).Should().BeEquivalentTo(more.Split(',', StringSplitOptions.RemoveEmptyEntries), sentence);
        found.SelectMany(static c => c.Causes).Should().Contain(Always, sentence).And.OnlyHaveUniqueItems(sentence);
    }

    /// <summary>A sentence, the situation, and a cause that must not be ruled out.</summary>
    public static TheoryData<string, Situation, string> Open { get; } = new()
    {
        { "a container waits for its image", Of(Pod(Waiting("ImagePullBackOff"))), "ImagePullError" },
        { "a container can't be created", Of(Pod(Waiting("CreateContainerConfigError", message: "configmap \"web-config\" not found"))), "MissingConfigMap" },
        { "a container was killed at its limit", Of(Pod(BackingOff(137, reason: "OOMKilled"))), "OOMKilled" },
        { "a container was killed before its last end, as an Event says", Web() with { Events = [new(Target("Pod", "web-1", "v1"), "Warning", "OOMKilling", "killed", 1, Ago(90))] }, "OOMKilled" },
        { "a container ended more often than is kept", Of(Pod(BackingOff(restarts: 2))), "OOMKilled" },
        { "a container that ran waits for its image", Of(Pod(Waiting("ImagePullBackOff", 3))), "ImagePullError" },
        { "a pod is on no node", Of(Pod(BackingOff()), node: null), "FailedScheduling-Resources" },
        { "its node is under pressure", Web() with { Around = new() { Nodes = [Node(NotReady())] } }, "NodeNotReady" },
        { "its node is not known", Web() with { Around = Surroundings.None }, "NodeNotReady" },
        { "a pod could not be made", Web() with { Workload = Web().Workload! with { DesiredPods = 2 } }, "QuotaExceeded" },
        { "the ReplicaSet says that pods are refused", Web() with { Workload = Web().Workload! with { Conditions = [new("ReplicaFailure", ConditionStatus.True, "FailedCreate", "", null)] } }, "QuotaExceeded" },
    };

    [Theory]
    [MemberData(nameof(Open))]
    public void RuledOut_leaves_open_what_may_be(string sentence, Situation situation, string cause) =>
        Report(situation).Triage.RuledOut.SelectMany(static c => c.Causes).Should().NotContain(cause, sentence);

    [Fact]
    public void Nothing_is_ruled_out_that_a_hypothesis_names()
    {
        foreach (object[] data in (IEnumerable<object[]>)DiagnoserTests.Cases)
        {
            DiagnosisReport report = Report((Situation)data[1]);

            report.Triage.RuledOut.SelectMany(static c => c.Causes).Should().NotIntersectWith(report.Hypotheses.Select(static h => h.Cause), (string)data[0]);
        }
    }

    /// <summary>A sentence, the situation, and the confidence in what an alert alone points to; null where that is ruled out.</summary>
    public static TheoryData<string, Situation, int?> Hints { get; } = new()
    {
        { "no container was killed", Of(Pod(Running())), 45 },
        { "no container was killed, and another trouble shows", Of(Pod(Waiting("CreateContainerConfigError"))), null },
        { "a container ended more often than is kept", Of(Pod(Running(restarts: 4))), 70 },
    };

    [Theory]
    [MemberData(nameof(Hints))]
    public void What_an_alert_alone_points_to_sinks_where_the_objects_speak_against_it(string sentence, Situation situation, int? confidence)
    {
        SignalRecord alert = new() { Fingerprint = "f", Name = "Mem", State = SignalState.Firing, CauseHint = Causes.OomKilled, FirstSeen = Now, LastSeen = Now };

        DiagnosisReport report = Diagnoser.Diagnose(new(new IncidentSpec { Target = situation.Subject }, [alert], situation, Now));

        Hypothesis? hypothesis = report.Hypotheses.SingleOrDefault(static h => h.Cause == Causes.OomKilled);
        (hypothesis?.ConfidencePercent).Should().Be(confidence, sentence);
        string pods = report.Evidence.Single(static e => e.Source == "Pods of Deployment/web").Id;
        (hypothesis?.EvidenceAgainst.Contains(pods) ?? report.Triage.RuledOut.Single(static r => r.Causes.Contains(Causes.OomKilled)).Evidence.Contains(pods)).Should().Be(confidence != 70, sentence);
    }

    [Fact]
    public void Degraded_says_of_each_Service_how_much_of_it_is_down()
    {
        Situation situation = Web() with { Around = Sound with { Services = [Service(), Service("inner")], Endpoints = [Endpoints("inner", 3, 1), Endpoints("web", 0, 1)] } };

        Report(situation).Triage.Degraded.Should().HaveCount(2).And.SatisfyRespectively(
            static worst => worst.Should().StartWith("1 of 1 pod behind Service web is down (100 %)"), static other => other.Should().StartWith("1 of 4 pods behind Service inner is down (25 %)"));
    }

    [Fact]
    public void Warnings_count_alike_Events_as_one()
    {
        EventFacts first = new(Target("Pod", "web-1", "v1"), "Warning", "BackOff", "Back-off restarting failed container", 4, Ago(60));
        Situation situation = Web() with { Events = [first, first with { About = Target("Pod", "web-2", "v1"), LastSeen = Ago(10) }, first with { Type = "Normal", Reason = "Pulled" }] };

        Report(situation).Triage.Warnings.Should().Equal("BackOff on 2 Pods, 8 times, last 10 s ago: Back-off restarting failed container");
    }

    [Fact]
    public void ChangedLastHour_names_changes_by_their_id()
    {
        DiagnosisReport report = Report(Web() with { Revisions = Revisions(320), ConfigMaps = [Config(changed: 9000)] });

        report.Changes.Should().HaveCountGreaterThan(1);
        report.Triage.ChangedLastHour.Should().Equal("C1");
    }

    [Fact]
    public void Unknown_says_what_was_not_seen()
    {
        Situation situation = Of(Pod(BackingOff() with { ConfigReferences = [new("Secret", "db", null)] })) with { Around = Surroundings.None with { SeesCluster = false } };

        Report(situation).Triage.Unknown.Should().Equal(
            "error rate and latency: they were not asked for", "what app says: no log of a failing container could be read",
            "whether a Secret that its pods read changed: Secrets are not observed", "nodes, volumes and webhooks: the operator sees some namespaces alone");
    }

    private static readonly ImmutableArray<string> Always =
    [
        "MissingConfigMap", "MissingSecret", "MissingConfigKey", "ImagePullError", "OOMKilled", "FailedScheduling-Resources", "FailedScheduling-Taint", "FailedScheduling-NodeSelector",
        "FailedScheduling-Affinity", "NodeNotReady", "NodePressure-Memory", "NodePressure-Disk", "QuotaExceeded", "AdmissionDenied", "AdmissionDenied-PodSecurity",
    ];

    private static Surroundings Sound => new() { Nodes = [Node()] };

    private static ImmutableArray<RevisionFacts> Old => [Revisions(100_000)[0], Revisions()[1] with { CreatedAt = Ago(200_000) }];

    private static Situation Web() => Of(Pod(BackingOff(restarts: 1)));

    private static Situation RolledOut(PodFacts older)
    {
        Situation situation = Web();
        return situation with { Revisions = Revisions(320), Pods = [.. situation.Pods, older with { NodeName = "n1" }] };
    }

    private static Situation Restarted()
    {
        const string Again = """{"metadata":{"annotations":{"kubectl.kubernetes.io/restartedAt":"now"}},"spec":{"containers":[{"name":"app","image":"shop/web:1"}]}}""";
        ImmutableArray<RevisionFacts> revisions = Revisions(320, after: Again);
        return Web() with { Revisions = [revisions[0] with { ReadyPods = 1 }, revisions[1] with { ReadyPods = 0 }] };
    }

    private static Situation Of(PodFacts pod, string? node = "n1")
    {
        Situation situation = Deployment(pod with { NodeName = node });
        return situation with { Workload = situation.Workload! with { TemplateJson = Asks }, Around = Sound };
    }

    private static DiagnosisReport Report(Situation situation) => Diagnoser.Diagnose(new(new IncidentSpec { Target = situation.Subject }, [], situation, Now));
}
