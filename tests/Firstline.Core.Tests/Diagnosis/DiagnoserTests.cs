using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Diagnosis;

public sealed class DiagnoserTests
{
    private static readonly LogFacts Log = new("web-1", "app", true, ["starting", "2026-11-20 fatal: cannot connect with password=hunter22"]);

    /// <summary>A sentence, the situation, the best hypothesis (cause and kind/name of the object at fault), whether it is at least 70 % sure, and the category.</summary>
    public static TheoryData<string, Situation, string, string, bool, string> Cases { get; } = new()
    {
        { "a new image crashes while the old one serves", Bad(Pod(BackingOff(), age: 50)), "BadRollout", "Deployment/web", true, "rollout" },
        { "a new tag does not exist while the old one serves", Bad(Pod(Waiting("ImagePullBackOff", message: "not found"), age: 50)), "BadRollout", "Deployment/web", true, "rollout" },
        { "a new image crashes and nothing old is left", Bad(0, Pod(BackingOff(), age: 50)), "BadRollout", "Deployment/web", true, "rollout" },
        { "a lowered memory limit kills", Bad(Pod(Limited(), age: 50)), "BadRollout", "Deployment/web", true, "rollout" },
        { "a restart, and then crashes: an undo would not help", Restarted(Pod(BackingOff(), age: 50)), "CrashLoop-AppError", "Deployment/web", false, "workload-crash" },
        { "a rollout a day ago, and crashes now", Old(Pod(BackingOff(), age: 50_000, unreadyFor: 60)), "CrashLoop-AppError", "Deployment/web", false, "workload-crash" },
        { "an old pod crashes during a rollout", Bad(Pod(BackingOff(), age: 50), Pod(BackingOff(), "web-0", 50_000, 50, "old")), "CrashLoop-AppError", "Deployment/web", false, "workload-crash" },
        { "it needs more memory than its limit", Deployment(Pod(Limited())), "OOMKilled", "Deployment/web", true, "workload-crash" },
        { "its image does not exist", Deployment(Pod(Waiting("ImagePullBackOff", message: "manifest unknown"))), "ImagePullError", "Deployment/web", true, "image" },
        { "a ConfigMap is missing", Deployment(Pod(Waiting("CreateContainerConfigError", message: "configmap \"web-config\" not found"))), "MissingConfigMap", "Deployment/web", true, "config" },
        { "a Secret is missing", Deployment(Pod(Waiting("CreateContainerConfigError", message: "secret \"db\" not found"))), "MissingSecret", "Deployment/web", true, "config" },
        { "a key is missing", Deployment(Pod(Waiting("CreateContainerConfigError", message: "couldn't find key url in ConfigMap shop/web-config"))), "MissingConfigKey", "ConfigMap/web-config", true, "config" },
        { "a ConfigMap that was deleted is missing in the newest revision as in the one before", Bad(Pod(NeedsConfig(), age: 50)), "MissingConfigMap", "Deployment/web", true, "config" },
        { "a guarded ConfigMap drifted", new Situation { Subject = Config().Ref, ConfigMaps = [Config("debug")] }, "MisconfiguredAppConfig", "ConfigMap/web-config", true, "config" },
        { "a workload crashes since its ConfigMap drifted", Drifted(), "MisconfiguredAppConfig", "ConfigMap/web-config", true, "config" },
        { "its command does not exist", Deployment(Pod(BackingOff(127, reason: "StartError"))), "InvalidCommand", "Deployment/web", true, "workload-crash" },
        { "its image is one of root, which it may not be", Deployment(Pod(Waiting("CreateContainerConfigError", message: "container has runAsNonRoot and image will run as root (pod: \"web-1\", container: app)"))), "SecurityContext", "Deployment/web", true, "workload-crash" },
        { "an init container fails", Deployment(Pod(BackingOff() with { Role = ContainerRole.Init })), "InitContainerFailing", "Deployment/web", true, "workload-crash" },
        { "its startup probe kills it", Deployment(Pod(BackingOff(137) with { StartupProbe = Probe() })) with { Events = [new(Target("Pod", "web-1", "v1"), "Warning", "Unhealthy", "Startup probe failed: connection refused", 3, Ago(60))] }, "LivenessProbeFailing", "Deployment/web", true, "probes" },
        { "its liveness probe kills it", Deployment(Pod(BackingOff(137) with { LivenessProbe = Probe() })), "LivenessProbeFailing", "Deployment/web", true, "probes" },
        { "its liveness probe asks a port that it does not have", Probed(9090, 1, "Get \"http://10.0.0.1:9090/\": connect: connection refused"), "LivenessProbeMisconfigured", "Deployment/web", true, "probes" },
        { "its liveness probe asks a path that it does not have", Probed(8080, 1, "HTTP probe failed with statuscode: 404"), "LivenessProbeMisconfigured", "Deployment/web", true, "probes" },
        { "it is killed again and again since it answers after more than the usual second", Probed(8080, 1, "Get \"http://10.0.0.1:8080/\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)"), "LivenessProbeMisconfigured", "Deployment/web", true, "probes" },
        { "it does not answer within ten seconds", Probed(8080, 10, "Get \"http://10.0.0.1:8080/\": context deadline exceeded"), "LivenessProbeFailing", "Deployment/web", true, "probes" },
        { "it hangs for the first time", Probed(8080, 1, "Get \"http://10.0.0.1:8080/\": context deadline exceeded", restarts: 1), "LivenessProbeFailing", "Deployment/web", true, "probes" },
        { "it was ready and hangs", Deployment(Pod(Running(3600, ready: false) with { ReadinessProbe = Probe() }, age: 3700, unreadyFor: 120)), "ReadinessProbeFailing", "Deployment/web", true, "probes" },
        { "its volume is on another node", Deployment(Waits("0/1 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity.")), "VolumeNodeAffinityConflict", "Deployment/web", true, "storage" },
        { "its volume is another pod's", Deployment(Waits("0/1 nodes are available: 1 node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode.")), "VolumeMultiAttach", "Deployment/web", true, "storage" },
        { "it may not be spread so", Deployment(Waits("0/1 nodes are available: 1 node(s) didn't match pod topology spread constraints (missing required label).")), "FailedScheduling-Affinity", "Deployment/web", true, "scheduling" },
        { "no node has room for its volume", Deployment(Waits("0/1 nodes are available: 1 node(s) exceed max volume count.")), "FailedScheduling-Resources", "Deployment/web", true, "scheduling" },
        { "it fits on no node", Deployment(Waits("0/3 nodes are available: 1 node(s) had untolerated taint {a: b}, 2 Insufficient memory.")), "FailedScheduling-Resources", "Deployment/web", true, "scheduling" },
        { "its node selector matches nothing", Deployment(Waits("0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.")), "FailedScheduling-NodeSelector", "Deployment/web", true, "scheduling" },
        { "a Job failed", FailedJob(), "JobFailed", "Job/import", true, "job" },
        { "it crashes for reasons of its own", Deployment(Pod(BackingOff())), "CrashLoop-AppError", "Deployment/web", false, "workload-crash" },
        { "a rollout stands still and no container tells why", Stuck(), "RolloutStuck", "Deployment/web", false, "rollout" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Diagnose_ranks_the_likeliest_cause_first(string sentence, Situation situation, string cause, string resource, bool sure, string category)
    {
        DiagnosisReport report = Diagnoser.Diagnose(Input(situation));

        report.Hypotheses.Should().NotBeEmpty(sentence);
        Hypothesis best = report.Hypotheses[0];
        $"{best.Cause} {best.Resource} {best.ConfidencePercent >= 70}".Should().Be($"{cause} {resource} {sure}", $"{sentence}: {Text(string.Join("; ", report.Hypotheses.Select(static h => $"{h.Cause} {h.ConfidencePercent}")))}");
        report.Category.Should().Be(category, sentence);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Diagnose_cites_only_evidence_that_is_there(string sentence, Situation situation, string cause, string resource, bool sure, string category)
    {
        _ = (cause, resource, sure, category);

        DiagnosisReport report = Diagnoser.Diagnose(Input(situation with { Logs = [Log] }));

        ImmutableArray<string> ids = [.. report.Evidence.Select(static e => e.Id)];
        ids.Should().OnlyHaveUniqueItems(sentence);
        report.Hypotheses.Should().OnlyContain(h => h.EvidenceFor.Length > 0 && h.EvidenceFor.Concat(h.EvidenceAgainst).All(id => ids.Contains(id)), sentence);
        report.Hypotheses.Should().NotContain(static h => h.EvidenceFor.Intersect(h.EvidenceAgainst).Any(), sentence);
        report.Triage.RuledOut.Should().NotContain(r => r.Evidence.IsEmpty || r.Evidence.Any(id => !ids.Contains(id)), sentence);
        report.Hypotheses.Should().BeInDescendingOrder(static h => h.ConfidencePercent, sentence);
        report.Hypotheses.Should().OnlyContain(static h => Causes.IsKnown(h.Cause) && h.ConfidencePercent >= 5 && h.ConfidencePercent <= 95, sentence);
        report.Evidence.Should().OnlyContain(static e => !e.Excerpt.Contains("hunter22", StringComparison.Ordinal), sentence);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Diagnose_says_the_same_twice(string sentence, Situation situation, string cause, string resource, bool sure, string category)
    {
        _ = (cause, resource, sure, category);

        Diagnoser.Diagnose(Input(situation)).Should().BeEquivalentTo(Diagnoser.Diagnose(Input(situation)), static o => o.WithStrictOrdering(), sentence);
    }

    [Theory]
    [InlineData("all pods are down", 3, 0, Severity.SEV2)]
    [InlineData("half of the pods are down", 4, 2, Severity.SEV2)]
    [InlineData("a few pods are down", 10, 9, Severity.SEV3)]
    [InlineData("none is down", 3, 3, Severity.SEV3)]
    [InlineData("it is scaled to zero", 0, 0, Severity.SEV4)]
    public void SuggestedSeverity_follows_the_share_of_pods_that_are_down(string situation, int desired, int ready, Severity expected)
    {
        Situation healthy = Deployment(Pod(BackingOff()));

        DiagnosisReport report = Diagnoser.Diagnose(Input(healthy with { Workload = healthy.Workload! with { DesiredPods = desired, ReadyPods = ready } }));

        report.SuggestedSeverity.Should().Be(expected, situation);
        report.SeverityReason.Should().NotBeEmpty();
    }

    public static TheoryData<string, Situation, Severity, string> Impacts => new()
    {
        { "an outage behind an Ingress", Impact(0, 3, ingress: true), Severity.SEV1, "3 of 3 pods behind Service web are down (100 %): it does not serve at all; people outside use it through Ingress shop; *" },
        { "an outage behind a load balancer", Impact(0, 3, type: "LoadBalancer"), Severity.SEV1, "*; people outside use it through Service web (LoadBalancer); *" },
        { "an outage that nobody outside sees", Impact(0, 3), Severity.SEV2, "*; nothing shows that people outside use it; no label names its environment, so that it is taken for production" },
        { "a label that says who uses it", Impact(0, 3, label: "true"), Severity.SEV1, "*; the label firstline.dev/user-facing says that people outside use it; *" },
        { "a label that says that nobody does", Impact(0, 3, ingress: true, label: "false"), Severity.SEV2, "*" },
        { "an outage of a part of the Service", Impact(6, 3, ingress: true), Severity.SEV3, "3 of 9 pods behind Service web are down (33 %): it still serves; *" },
        { "half of the Service", Impact(3, 3, ingress: true), Severity.SEV2, "3 of 6 pods behind Service web are down (50 %): it is degraded; *" },
        { "an outage in staging", Impact(0, 3, ingress: true) with { Environment = "staging" }, Severity.SEV2, "*; its environment is staging" },
        { "an outage in production", Impact(0, 3, ingress: true) with { Environment = "prod-eu" }, Severity.SEV1, "*; its environment is prod-eu" },
        { "a near miss in development", Impact(3, 0) with { Environment = "dev" }, Severity.SEV4, "0 of 3 pods behind Service web are down (0 %): all are ready; *" },
        { "a Service that selects others", Impact(0, 3, ingress: true, app: "other"), Severity.SEV2, "3 of 3 pods are down (100 %): *" },
    };

    [Theory]
    [MemberData(nameof(Impacts))]
    public void SuggestedSeverity_follows_share_of_the_service_users_and_environment(string sentence, Situation situation, Severity expected, string reason)
    {
        DiagnosisReport report = Diagnoser.Diagnose(Input(situation));

        report.SuggestedSeverity.Should().Be(expected, sentence);
        report.SeverityReason.Should().Match(reason, sentence);
    }

    private static Situation Impact(int ready, int down, bool ingress = false, string type = "ClusterIP", string? label = null, string app = "web")
    {
        Situation bad = Deployment(Pod(BackingOff()));
        TargetRef service = new() { ApiVersion = "v1", Kind = "Service", Namespace = bad.Subject.Namespace, Name = "web" };
        return bad with
        {
            Workload = bad.Workload! with
            {
                DesiredPods = Math.Max(down, 3), ReadyPods = Math.Max(down, 3) - down, TemplateJson = """{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[]}}""",
                Labels = label is null ? bad.Workload.Labels : bad.Workload.Labels.SetItem("firstline.dev/user-facing", label),
            },
            Around = new()
            {
                Services = [new() { Ref = service, Type = type, Selector = ImmutableSortedDictionary<string, string>.Empty.Add("app", app) }],
                Endpoints = [new(service.Namespace!, "web-1", "web", ready, down, [])],
                Ingresses = ingress ? [new() { Ref = service with { Kind = "Ingress", Name = "shop" }, Backends = [new("/", "web", "80")] }] : [],
            },
        };
    }

    [Fact]
    public void Diagnose_takes_a_signal_for_a_hint_only_when_the_objects_look_well()
    {
        SignalRecord hung = new()
        {
            Fingerprint = "alertmanager/1", Source = IncidentSource.Alertmanager, Name = "WorkloadHung", FirstSeen = Ago(30), LastSeen = Ago(10), CauseHint = Causes.LivenessProbeFailing,
        };

        Hypothesis healthy = Diagnoser.Diagnose(Input(Deployment(Pod(Running())), hung)).Hypotheses.Should().ContainSingle().Subject;
        Hypothesis crashing = Diagnoser.Diagnose(Input(Deployment(Pod(BackingOff(127))), hung)).Hypotheses[0];

        (healthy.Cause, healthy.ConfidencePercent).Should().Be((Causes.LivenessProbeFailing, 70));
        crashing.Cause.Should().Be(Causes.InvalidCommand);
    }

    [Fact]
    public void Diagnose_has_no_hypothesis_for_a_target_that_does_not_exist()
    {
        DiagnosisReport report = Diagnoser.Diagnose(Input(new() { Subject = Target(), Exists = false }));

        report.Hypotheses.Should().BeEmpty();
        report.SuggestedSeverity.Should().Be(Severity.SEV4);
    }

    [Fact]
    public void Changes_name_what_the_rollout_changed_and_why_it_is_suspected()
    {
        ChangeRecord change = Diagnoser.Diagnose(Input(Bad(Pod(BackingOff(), age: 50)))).Changes.Should().ContainSingle().Subject;

        change.Summary.Should().Be("revision 2 replaced revision 1: image of container app from shop/web:1 to shop/web:2");
        change.Reason.Should().Be("made 10 s before the trouble began (+40); of the object in trouble itself (+30); it explains how the pods fail (+25)");
        change.Score.Should().Be(95);
    }

    private static DiagnosisInput Input(Situation situation, params SignalRecord[] signals) =>
        new(new() { Target = situation.Subject }, [.. signals], situation, Now);

    private static Situation Bad(params PodFacts[] pods) => Bad(2, pods);

    private static Situation Bad(int readyBefore, params PodFacts[] pods) => Deployment(pods) with { Revisions = Revisions(readyBefore: readyBefore, before: Before, after: After) };

    private const string Before = """{"spec":{"containers":[{"name":"app","image":"shop/web:1","envFrom":[{"configMapRef":{"name":"web-config"}}]}]}}""";
    private const string After = """{"spec":{"containers":[{"name":"app","image":"shop/web:2","envFrom":[{"configMapRef":{"name":"web-config"}}]}]}}""";

    private static Situation Restarted(PodFacts pod) => Deployment(pod) with
    {
        Revisions = Revisions(readyBefore: 0, before: Before, after: """{"metadata":{"annotations":{"kubectl.kubernetes.io/restartedAt":"x"}},""" + Before[1..]),
    };

    private static Situation Old(PodFacts pod) => Deployment(pod) with { Revisions = Revisions(rolledOut: 50_000) };

    private static Situation Drifted() => Deployment(Pod(BackingOff() with { ConfigReferences = [new("ConfigMap", "web-config", null)] }, age: 3600, unreadyFor: 50)) with
    {
        Revisions = Revisions(rolledOut: 900, readyBefore: 0), ConfigMaps = [Config("debug")],
    };

    private static ContainerFacts Limited() => BackingOff(137, reason: "OOMKilled") with { MemoryLimit = "64Mi" };

    private static ContainerFacts NeedsConfig() => Waiting("CreateContainerConfigError", message: "configmap \"web-config\" not found");

    private static PodFacts Waits(string message) => Pod(Running()) with
    {
        Containers = [], Phase = "Pending", Conditions = [new("PodScheduled", ConditionStatus.False, "Unschedulable", message, Ago(300))],
    };

    private static Situation Probed(int port, int timeout, string said, int restarts = 4) => Deployment(Pod(BackingOff(137, restarts) with { LivenessProbe = Probe() })) with
    {
        Events = [new(Target("Pod", "web-1", "v1"), "Warning", "Unhealthy", $"Liveness probe failed: {said}", 9, Ago(20))],
        PodDeclared = PodDeclaration.OfTemplate(string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"spec":{"containers":[{"name":"app","ports":[{"containerPort":8080}],"livenessProbe":{"timeoutSeconds":{{{timeout}}},"httpGet":{"port":{{{port}}}} }}]}}""")),
    };

    private static Situation FailedJob()
    {
        Situation job = Job(Pod(Running() with { State = Ended(), Ready = false }) with { Phase = "Failed" });
        return job with { Jobs = [job.Jobs[0] with { Failed = 4, Conditions = [new("Failed", ConditionStatus.True, "BackoffLimitExceeded", "x", Ago(30))] }] };
    }

    private static Situation Stuck()
    {
        Situation healthy = Deployment(Pod(Running()));
        return healthy with { Workload = healthy.Workload! with { Conditions = [new("Progressing", ConditionStatus.False, "ProgressDeadlineExceeded", "x", Ago(30))] } };
    }
}
