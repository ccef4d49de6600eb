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

public sealed class SurroundingEvidenceTests
{
    private const string Needs = """
        {"metadata":{"labels":{"app":"web"}},"spec":{"serviceAccountName":"shopper","containers":[{"name":"app","env":[{"name":"BILLING","value":"http://billing:8080"},
        {"name":"KEY","valueFrom":{"secretKeyRef":{"name":"db","key":"k"}}}],"envFrom":[{"configMapRef":{"name":"web-config"}}]}],"volumes":[{"name":"d","persistentVolumeClaim":{"claimName":"data"}}]}}
        """;

    private const string Calls = """{"name":"app","env":[{"name":"WEB","value":"http://web/api"}]}""";

    /// <summary>A sentence, the situation, the source of an item, and its excerpt; null where there is none.</summary>
    public static TheoryData<string, Situation, string, string?> Cases { get; } = new()
    {
        { "what it needs is there", Web(), "Deployment/web spec", "reads ConfigMap web-config, Secret db; mounts claim data (Bound); runs as ServiceAccount shopper; calls Service billing (2 ready endpoints)" },
        {
            "what it needs is not there", Web() with { ConfigMaps = [], Around = Web().Around with { Claims = [], Secrets = [], Endpoints = [] } }, "Deployment/web spec",
            "reads ConfigMap web-config (not there), Secret db (not there); mounts claim data (not there); runs as ServiceAccount shopper; calls Service billing (0 ready endpoints)"
        },
        { "it needs nothing", Deployment(Pod(BackingOff())), "Deployment/web spec", null },
        {
            "it is called", Web(), "what leads to Deployment/web",
            "led to by Service web (0 ready endpoints); by Ingress web; called by Deployment/front; callers are let in by NetworkPolicy inner (Deployment/front)"
        },
        {
            "a policy lets nobody in", Web() with { Around = Web().Around with { Workloads = [], Ingresses = [] } }, "what leads to Deployment/web",
            "led to by Service web (0 ready endpoints); callers are let in by NetworkPolicy inner (no workload of its namespace)"
        },
        { "nothing leads to it", Deployment(Pod(BackingOff())), "what leads to Deployment/web", null },
        { "its node is sound", Web(), "Node/n1 status.conditions", "ready, under no pressure" },
        {
            "its node is not", Web() with { Around = Web().Around with { Nodes = [Node(NotReady()) with { IsCordoned = true, Taints = [new("gpu", "", "NoSchedule")] }] } }, "Node/n1 status.conditions",
            "Ready is Unknown (NodeStatusUnknown), cordoned; taints: gpu:NoSchedule"
        },
        {
            "a pod is on no node", Web() with { Pods = [Pod(BackingOff())], Around = Web().Around with { Nodes = [Node() with { IsCordoned = true, Taints = [new("a", "b", "NoSchedule")] }] } }, "Nodes of the cluster",
            "1 node, 1 ready; cordoned: n1; taints: a=b:NoSchedule"
        },
        { "all pods are on nodes", Web(), "Nodes of the cluster", null },
        { "where its pods are", Web(), "Pods of Deployment/web", "1 pod: 1 on n1; 1 of 1 container has run, 0 killed at their memory limit, 3 restarts" },
        {
            "the namespace has a quota", Web() with { Quotas = [new(Target("ResourceQuota", "compute", "v1"), Labels("pods", "10"), Labels("pods", "10")) { ResourceVersion = "5" }] }, "ResourceQuota/compute status",
            "pods 10 of 10"
        },
        { "the namespace has limits", Web() with { LimitRanges = [new(Target("LimitRange", "mem", "v1"), ["Container max memory=1Gi"])] }, "LimitRange/mem spec", "Container max memory=1Gi" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Evidence_holds_what_lies_around(string sentence, Situation situation, string source, string? excerpt) =>
        Report(situation).Evidence.SingleOrDefault(e => e.Source == source)?.Excerpt.Should().Be(excerpt, sentence);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Evidence_is_there_where_it_should_be(string sentence, Situation situation, string source, string? excerpt) =>
        Report(situation).Evidence.Count(e => e.Source == source).Should().Be(excerpt is null ? 0 : 1, sentence);

    [Fact]
    public void A_refused_pod_cites_the_quota()
    {
        Situation situation = Deployment() with { Quotas = [new(Target("ResourceQuota", "compute", "v1"), Labels("pods", "10"), Labels("pods", "10"))] };
        ConditionFacts refused = new("ReplicaFailure", ConditionStatus.True, "FailedCreate", "pods \"web-1\" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=10, limited: pods=10", null);

        DiagnosisReport report = Report(situation with { Workload = situation.Workload! with { Conditions = [refused] } });

        report.Hypotheses[0].Cause.Should().Be(Causes.QuotaExceeded);
        report.Hypotheses[0].EvidenceFor.Should().Contain(report.Evidence.Single(static e => e.Source == "ResourceQuota/compute status").Id);
    }

    [Fact]
    public void Where_there_is_too_much_what_lies_around_is_left_out_first()
    {
        Situation situation = Web() with
        {
            ConfigMaps = [.. Enumerable.Range(0, 70).Select(static n => Config("debug") with { Ref = Target("ConfigMap", $"config-{n}", "v1") })],
            Logs = [new("web-1", "app", true, ["fatal: no disk"])],
        };

        ImmutableArray<EvidenceItem> crowded = Report(situation).Evidence, roomy = Report(situation with { ConfigMaps = [] }).Evidence;

        crowded.Should().HaveCount(64).And.NotContain(static e => e.Kind == EvidenceKind.Dependency);
        roomy.Select(static e => e.Kind).Should().ContainInOrder(EvidenceKind.Log, EvidenceKind.Dependency);
    }

    [Fact]
    public void Long_lists_are_cut_and_counted()
    {
        ImmutableArray<ServiceFacts> services = [.. Enumerable.Range(1, 9).Select(static n => Service($"web{n}"))];

        Report(Web() with { Around = new() { Services = services } }).Evidence.Single(static e => e.Source == "what leads to Deployment/web").Excerpt.Should().EndWith("web6 (0 ready endpoints) and 3 more");
    }

    private static Situation Web()
    {
        Situation situation = Deployment(Pod(BackingOff()) with { NodeName = "n1" });
        return situation with
        {
            Workload = situation.Workload! with { TemplateJson = Needs },
            ConfigMaps = [Config()],
            Around = new()
            {
                Services = [Service(), Service("billing", "billing")], Endpoints = [Endpoints("billing", 2)], Claims = [Claim("Bound")], Secrets = [Secret("db")], Nodes = [Node()], Ingresses = [Ingress()],
                Workloads = [Workload("front", container: Calls) with { Ref = Target(name: "front") }, Workload("other") with { Ref = Target(name: "other") }],
                Policies = [new() { Ref = Target("NetworkPolicy", "inner", "networking.k8s.io/v1"), Pods = new(Labels("app", "web"), []), IsolatesIngress = true, Ingress = [new([new(new(Labels("app", "front"), []), null, null)], [])] }],
            },
        };
    }

    private static DiagnosisReport Report(Situation situation) => Diagnoser.Diagnose(new(new IncidentSpec { Target = situation.Subject }, [], situation, Now));
}
