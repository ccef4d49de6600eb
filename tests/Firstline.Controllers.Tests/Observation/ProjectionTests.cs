using System.Collections.Immutable;
using Firstline.Controllers.Observation;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Observation;

public sealed class ProjectionTests
{
    [Fact]
    public void A_pod_with_a_limit_in_plain_bytes_and_no_metadata_is_read()
    {
        PodFacts pod = PodProjection.Read("""{"spec":{"containers":[{"name":"app","resources":{"limits":{"memory":67108864}}},{"name":"b","resources":{"limits":{"memory":null}}}]}}"""u8);

        pod.Containers.Select(static c => c.MemoryLimit).Should().Equal("67108864", null);
        pod.Labels.Should().BeEmpty();
    }

    [Fact]
    public void A_pod_is_read_with_probes_limits_roles_references_and_states()
    {
        PodFacts pod = PodProjection.Read("""
            {"metadata":{"name":"web-1","namespace":"shop","uid":"u","creationTimestamp":"2026-11-20T12:00:00Z","labels":{"pod-template-hash":"h"},
               "ownerReferences":[{"apiVersion":"v1","kind":"X","name":"x","uid":"1"},{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web","uid":"2","controller":true}]},
             "spec":{"nodeName":"n1","unknown":{"deep":[1,2]},
               "initContainers":[{"name":"init","image":"i:1"},{"name":"side","image":"s:1","restartPolicy":"Always"}],
               "containers":[{"name":"app","image":"a:1","resources":{"limits":{"memory":"64Mi","cpu":1}},
                 "readinessProbe":{"httpGet":{"path":"/"},"initialDelaySeconds":5},
                 "env":[{"name":"A","value":"x"},{"name":"B","valueFrom":{"secretKeyRef":{"name":"db","key":"url","optional":true}}}],
                 "envFrom":[{"configMapRef":{"name":"web-config"}}],"volumeMounts":[{"name":"files","mountPath":"/f"}]}],
               "volumes":[{"name":"scratch","emptyDir":{"medium":"Memory"}},{"name":"files","projected":{"sources":[{"configMap":{"name":"files"}}]}},{"name":"unused","configMap":{"name":"unused"}}]},
             "status":{"phase":"Running","conditions":[{"type":"Ready","status":"False","lastTransitionTime":"2026-11-20T12:01:00Z"}],
               "containerStatuses":[{"name":"app","ready":false,"restartCount":3,"state":{"waiting":{"reason":"CrashLoopBackOff"}},
                 "lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled","finishedAt":"2026-11-20T12:01:00Z"}}}]}}
            """u8);

        ContainerFacts app = pod.Containers[2];
        pod.Containers.Select(static c => c.Role).Should().Equal(ContainerRole.Init, ContainerRole.Sidecar, ContainerRole.App);
        (pod.Controller!.Name, pod.RevisionHash, pod.NodeName, pod.IsReady).Should().Be(("web", "h", "n1", false));
        (app.MemoryLimit, app.RestartCount, app.StartBudget).Should().Be(("64Mi", 3, TimeSpan.FromSeconds(35)));
        app.State.Should().Be(new ContainerState.Waiting("CrashLoopBackOff", ""));
        app.LastTermination!.ExitCode.Should().Be(137);
        app.ConfigReferences.Select(static r => $"{r.Kind} {r.Name} {r.Key} {r.Optional}")
            .Should().BeEquivalentTo("Secret db url True", "ConfigMap web-config  False", "ConfigMap files  False");
    }

    [Theory]
    [InlineData("a share, rounded down", """{"replicas":10,"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":"25%"}}}""", 2)]
    [InlineData("a number", """{"replicas":10,"strategy":{"rollingUpdate":{"maxUnavailable":3}}}""", 3)]
    [InlineData("Recreate: all", """{"replicas":10,"strategy":{"type":"Recreate"}}""", 10)]
    [InlineData("nothing said: a quarter", """{"replicas":8}""", 2)]
    public void MaxUnavailablePods_is_resolved_to_pods(string situation, string spec, int expected) =>
        WorkloadProjection.ReadDeployment(System.Text.Encoding.UTF8.GetBytes($$"""{"metadata":{"name":"web"},"spec":{{spec}}}"""))
            .MaxUnavailablePods.Should().Be(expected, situation);

    [Theory]
    [InlineData("nothing said", "{}", "RollingUpdate", 0)]
    [InlineData("by hand", """{"updateStrategy":{"type":"OnDelete"}}""", "OnDelete", 0)]
    [InlineData("a part of the pods", """{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":2}}}""", "RollingUpdate", 2)]
    public void A_StatefulSet_says_how_its_pods_follow_the_template(string situation, string spec, string strategy, int partition)
    {
        WorkloadFacts facts = WorkloadProjection.ReadStatefulSet(System.Text.Encoding.UTF8.GetBytes($$"""{"metadata":{"name":"db"},"spec":{{spec}}}"""));
        (facts.UpdateStrategy, facts.Partition).Should().Be((strategy, partition), situation);
    }

    [Theory]
    [InlineData("nothing", "{}", false)]
    [InlineData("true", """{"annotations":{"firstline.dev/paused":"true"}}""", true)]
    [InlineData("in capitals", """{"annotations":{"firstline.dev/paused":"True"}}""", true)]
    [InlineData("yes", """{"annotations":{"firstline.dev/paused":"yes"}}""", true)]
    [InlineData("one", """{"annotations":{"firstline.dev/paused":"1"}}""", true)]
    [InlineData("no value", """{"annotations":{"firstline.dev/paused":""}}""", true)]
    [InlineData("taken back", """{"annotations":{"firstline.dev/paused":"false"}}""", false)]
    [InlineData("a label", """{"labels":{"firstline.dev/paused":"yes"}}""", true)]
    [InlineData("a label wins over an annotation that takes it back", """{"annotations":{"firstline.dev/paused":"false"},"labels":{"firstline.dev/paused":"true"}}""", true)]
    public void A_pause_is_taken_back_by_the_word_false_alone(string situation, string metadata, bool paused)
    {
        byte[] json = System.Text.Encoding.UTF8.GetBytes($$"""{"metadata":{{metadata}}}""");
        NamespaceProjection.Read(json).Paused.Should().Be(paused, situation);
        WorkloadProjection.ReadDeployment(json).IsPausedByMark.Should().Be(paused, situation);
        ConfigMapProjection.Read(json).IsPausedByMark.Should().Be(paused, situation);
        JobProjection.ReadCronJob(json).IsPausedByMark.Should().Be(paused, situation);
        JobProjection.ReadJob(json).IsPausedByMark.Should().Be(paused, situation);
    }

    [Theory]
    [InlineData("none", "", null, false)]
    [InlineData("one that is known", ",\"timeZone\":\"Asia/Tokyo\"", "Asia/Tokyo", false)]
    [InlineData("one that nobody knows", ",\"timeZone\":\"Mars/Olympus\"", null, true)]
    public void A_CronJob_is_read_with_its_schedule_and_time_zone(string sentence, string declared, string? zone, bool isUnknown)
    {
        CronJobFacts cron = JobProjection.ReadCronJob(System.Text.Encoding.UTF8.GetBytes(
            """{"metadata":{"managedFields":[{"manager":"kubectl-patch","time":"2026-11-20T12:00:00Z","fieldsV1":{"f:spec":{"f:suspend":{}}}}]},"spec":{"schedule":"*/5 * * * *"DECLARED},"status":{"lastScheduleTime":"2026-11-20T12:05:00Z"}}""".Replace("DECLARED", declared, StringComparison.Ordinal)));

        (cron.Schedule, cron.Zone?.Id, cron.HasUnknownZone).Should().Be(("*/5 * * * *", zone, isUnknown), sentence);
        (cron.LastScheduleTime, cron.LastChange?.By).Should().Be((new DateTimeOffset(2026, 11, 20, 12, 5, 0, TimeSpan.Zero), "kubectl-patch"));
    }

    [Theory]
    [InlineData("{\"maxReplicas\":5}", 1)]
    [InlineData("{\"minReplicas\":5,\"maxReplicas\":5}", 5)]
    public void An_autoscaler_is_read_with_its_bounds(string spec, int least)
    {
        AutoscalerFacts scaler = ScalingProjection.ReadAutoscaler(System.Text.Encoding.UTF8.GetBytes($$"""{"metadata":{},"spec":{{spec}}}"""));

        (scaler.Least, scaler.Most).Should().Be((least, 5));
    }

    [Fact]
    public void A_ReplicaSets_template_loses_the_hash_that_makes_it_differ_from_the_others()
    {
        RevisionFacts facts = RevisionProjection.ReadReplicaSet("""
            {"metadata":{"name":"web-1","labels":{"pod-template-hash":"h"},"annotations":{"deployment.kubernetes.io/revision":"7"}},
             "spec":{"replicas":2,"template":{"metadata":{"labels":{"app":"web","pod-template-hash":"h"}},"spec":{}}},"status":{"readyReplicas":1}}
            """u8, null).Facts;

        (facts.Number, facts.PodHash, facts.DesiredPods, facts.ReadyPods).Should().Be((7L, "h", 2, 1));
        facts.TemplateJson.Should().Be("""{"metadata":{"labels":{"app":"web"}},"spec":{}}""");
    }

    [Theory]
    [InlineData("a pod got ready", "u", 3, true)]
    [InlineData("scaled, or of another template", "u", 4, false)]
    [InlineData("another one of that name", "v", 3, false)]
    public void A_ReplicaSets_template_is_packed_again_only_when_it_may_have_changed(string situation, string uid, int generation, bool isKept)
    {
        OwnedRevision before = RevisionProjection.ReadReplicaSet(ReplicaSet("u", 3, "web:1"), null);

        PackedText after = RevisionProjection.ReadReplicaSet(ReplicaSet(uid, generation, "web:2"), before).Facts.Template;

        ReferenceEquals(after, before.Facts.Template).Should().Be(isKept, situation);
        after.Text.Should().Contain(isKept ? "web:1" : "web:2", situation);
    }

    private static byte[] ReplicaSet(string uid, int generation, string image) => System.Text.Encoding.UTF8.GetBytes(
        $$$$"""{"metadata":{"name":"web-1","uid":"{{{{uid}}}}","generation":{{{{generation}}}} },"spec":{"template":{"spec":{"containers":[{"name":"app","image":"{{{{image}}}}"}]} } } }""");

    [Theory]
    [InlineData("guarded: its content is kept", "true", 1)]
    [InlineData("not guarded: its content is not kept", "false", 0)]
    public void A_ConfigMap_is_read_as_far_as_it_is(string situation, string guarded, int keys)
    {
        ConfigMapFacts facts = ConfigMapProjection.Read(System.Text.Encoding.UTF8.GetBytes(
            $$$$"""{"metadata":{"name":"c","annotations":{"firstline.dev/guarded":"{{{{guarded}}}}","kubectl.kubernetes.io/last-applied-configuration":"not json"}},"data":{"k":"v"}}"""));

        facts.Data.Should().HaveCount(keys, situation);
        facts.DeclaredData.Should().BeNull("a broken annotation declares nothing");
        facts.Annotations.Should().ContainSingle();
    }

    [Fact]
    public void An_object_with_nothing_in_it_is_read_as_such()
    {
        PodProjection.Read("{}"u8).Containers.Should().BeEmpty();
        JobProjection.ReadJob("{}"u8).Conditions.Should().BeEmpty();
        WorkloadProjection.ReadDaemonSet("{}"u8).DesiredPods.Should().Be(0);
    }

    public static TheoryData<string, Func<byte[], ImmutableSortedDictionary<string, string>>> Labelled => new()
    {
        { "autoscaler", static json => ScalingProjection.ReadAutoscaler(json).Labels },
        { "claim", static json => StorageProjection.ReadClaim(json).Labels },
        { "config map", static json => ConfigMapProjection.Read(json).Labels },
        { "CronJob", static json => JobProjection.ReadCronJob(json).Labels },
        { "Job", static json => JobProjection.ReadJob(json).Labels },
        { "node", static json => NodeProjection.Read(json).Labels },
        { "pod", static json => PodProjection.Read(json).Labels },
        { "workload", static json => WorkloadProjection.ReadDeployment(json).Labels },
    };

    [Theory]
    [MemberData(nameof(Labelled))]
    public void Labels_are_read_of_all_that_may_be_changed(string what, Func<byte[], ImmutableSortedDictionary<string, string>> read) =>
        read("""{"metadata":{"name":"it","namespace":"shop","labels":{"tier":"gold"}}}"""u8.ToArray()).Should().Contain("tier", "gold", what);
}
