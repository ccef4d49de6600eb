using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Detection;
using Firstline.Core.Diagnosis;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Diagnosis;

/// <summary>Rules that judge what objects state by themselves and what lies around them. The detectors' findings are among the signals, as in the operator.</summary>
public sealed class RuleTests
{
    /// <summary>A sentence, the situation, and the best hypothesis: cause and kind/name of the object at fault; null where no rule has anything to say.</summary>
    public static TheoryData<string, Situation, string?> Cases { get; } = new()
    {
        { "a quota is exceeded", Refused("pods \"web-1\" is forbidden: exceeded quota: small, requested: cpu=1, used: cpu=4, limited: cpu=4"), "QuotaExceeded Deployment/web" },
        { "a quota wants limits", Refused("pods \"web-1\" is forbidden: failed quota: small: must specify limits.cpu for: app"), "QuotaRequiresLimits Deployment/web" },
        { "the namespace's standard forbids the pods", Refused("pods \"web-1\" is forbidden: violates PodSecurity \"restricted:latest\": privileged"), "AdmissionDenied-PodSecurity Deployment/web" },
        { "the ServiceAccount does not exist", Refused("pods \"web-1\" is forbidden: error looking up service account shop/web: serviceaccount \"web\" not found"), "MissingServiceAccount Deployment/web" },
        { "a webhook refuses the pods", Refused("admission webhook \"web.example\" denied the request: no owner label") with { Around = new() { Webhooks = [Webhook(Hook())] } }, "AdmissionDenied ValidatingWebhookConfiguration/guard" },
        { "a LimitRange refuses the pods", Refused("pods \"web-1\" is forbidden: maximum cpu usage per Container is 1, but limit is 4"), "AdmissionDenied Deployment/web" },
        { "its volume is attached to another node", Starting("FailedAttachVolume", "Multi-Attach error for volume \"pvc-1\""), "VolumeMultiAttach Deployment/web" },
        { "its volume is attached to another node for good", Starting("FailedAttachVolume", "rpc error: volume is already exclusively attached to node n2 and can't be attached to another"), "VolumeMultiAttach Deployment/web" },
        { "its volume is attached to another node, says its cloud", Starting("FailedAttachVolume", "rpc error: code = Internal desc = disk pvc-1 already attached to node(n2), could not be attached to node(n1)"), "VolumeMultiAttach Deployment/web" },
        { "its store of secrets refuses", Starting("FailedMount", "rpc error: code = Unknown desc = failed to mount secrets store objects for pod shop/web"), "MissingSecret Deployment/web" },
        { "its volume cannot be mounted, says its driver", Starting("FailedMount", "MountVolume.SetUp failed for volume \"pvc-1\" : rpc error: code = Internal desc = exit status 32"), "VolumeMountFailed Deployment/web" },
        { "its volume cannot be attached", Starting("FailedAttachVolume", "AttachVolume.Attach failed for volume \"pvc-1\" : rpc error: code = Internal desc = instance has too many volumes"), "VolumeMountFailed Deployment/web" },
        { "its CSI driver is not there", Starting("FailedMount", "MountVolume.MountDevice failed for volume \"pvc-1\" : driver name nfs.csi.k8s.io not found in the list of registered CSI drivers"), "VolumeMountFailed Deployment/web" },
        { "its NFS server does not answer", Starting("FailedMount", "MountVolume.SetUp failed for volume \"nfs\" : mount failed: exit status 32, mount.nfs: Connection timed out"), "VolumeMountFailed Deployment/web" },
        { "the network of its node fails", Starting("FailedCreatePodSandBox", "plugin type=\"calico\" failed (add)"), "SandboxCreationFailed Deployment/web" },
        { "its claim does not exist", Starting("FailedMount", "persistentvolumeclaim \"data\" not found"), "PVCMissing Deployment/web" },
        { "its postStart hook fails", Starting("FailedPostStartHook", "command 'sh' exited with 1"), "LifecycleHookFailed Deployment/web" },
        { "it was preempted", Starting("Preempted", "Preempted by pod shop/big on node n1"), "Preemption Deployment/web" },
        { "a scheduling gate is set", Deployment(Gated()), "SchedulingGated Deployment/web" },
        { "its StorageClass does not exist", Of(Claim(@class: "gone")), "StorageClassMissing PersistentVolumeClaim/data" },
        { "it names no StorageClass and none is the default", Of(Claim(@class: null)), "PVCPending PersistentVolumeClaim/data" },
        { "its provisioner fails", Of(Claim()) with { Events = [Event("ProvisioningFailed", "rpc error: quota of disks exceeded")] }, "ProvisioningFailed PersistentVolumeClaim/data" },
        { "it is not provisioned and nobody says why", Of(Claim()), "PVCPending PersistentVolumeClaim/data" },
        { "it lost its volume", Of(Claim("Lost")), "PVCLost PersistentVolumeClaim/data" },
        { "it is bound", Of(Claim("Bound")), null },
        { "a volume failed", Of(Volume("Failed")), "PVFailed PersistentVolume/pv-1" },
        { "a volume waits for its owner", Of(Volume("Released")), null },
        { "its kubelet is silent", Of(Node(NotReady())), "NodeNotReady Node/n1" },
        { "its disk is full", Of(Node(Pressure("DiskPressure"))), "NodePressure-Disk Node/n1" },
        { "its memory is short", Of(Node(Pressure("MemoryPressure"))), "NodePressure-Memory Node/n1" },
        { "it is cordoned", Of(Node() with { IsCordoned = true }), "NodeCordoned Node/n1" },
        { "the node of the workload's pods is silent", OnSilentNode(), "NodeNotReady Node/n1" },
        { "a selector differs from the workload's labels in one", Of(Service() with { Selector = Labels("app", "web").Add("tier", "x") }) with { Around = new() { Workloads = [Workload()] } }, "ServiceSelectorMismatch Service/web" },
        { "a selector is like no workload's labels", Of(Service("orders", "orders")) with { Around = new() { Workloads = [Workload()] } }, "ServiceNoEndpoints Service/orders" },
        { "a targetPort is no port of the pods", Of(Service(target: "9090")) with { Around = new() { Workloads = [Workload()], Endpoints = [Endpoints()] } }, "ServiceTargetPortMismatch Service/web" },
        { "a Service leads to what is there", Of(Service()) with { Around = new() { Workloads = [Workload()], Endpoints = [Endpoints()] } }, null },
        { "an Ingress names a class that does not exist", Of(Ingress("gone")), "IngressClassMissing Ingress/web" },
        { "an Ingress leads to a Service that does not exist", Of(Ingress(service: "gone")), "IngressBackendMissing Ingress/web" },
        { "an Ingress names a Secret that does not exist", Of(Ingress(secret: "gone")), "MissingSecret Ingress/web" },
        { "all that an Ingress names is there", Of(Ingress()), null },
        { "an autoscaler gets no metrics", Of(Autoscaler("FailedGetResourceMetric")), "HPA-NoMetrics HorizontalPodAutoscaler/web" },
        { "an autoscaler's pods set no request", Of(Autoscaler("FailedGetResourceMetric", message: "missing request for cpu in container app")), "HPA-NoMetrics HorizontalPodAutoscaler/web" },
        { "an autoscaler's target does not exist", Of(Autoscaler("FailedGetScale", "AbleToScale")), "HPA-TargetMissing HorizontalPodAutoscaler/web" },
        { "an autoscaler is switched off", Of(Autoscaler("ScalingDisabled")), null },
        { "an autoscaler waits between two scalings", Of(Autoscaler("BackoffBoth", "AbleToScale")), null },
        { "an autoscaler is at its maximum and wants more", Of(Autoscaler("") with { Least = 1, Most = 5, Current = 5, Conditions = [new("ScalingLimited", ConditionStatus.True, "TooManyReplicas", "the desired count is more than the maximum", Ago(3600))] }), "HPA-AtMaximum HorizontalPodAutoscaler/web" },
        { "a CronJob misses its schedule", new() { Subject = CronRef, CronJob = new() { Ref = CronRef, CreatedAt = Ago(86_400), Schedule = "*/5 * * * *", LastScheduleTime = Ago(3600) } }, "CronJobMissed CronJob/import" },
        { "somebody changed by hand what Argo CD declares", Deployment(Pod(Running())) is var s ? s with { Workload = s.Workload! with { Annotations = Labels("argocd.argoproj.io/tracking-id", "x"), LastChange = new(Ago(3600), "kubectl-set", ["image"]) } } : s, "ChangedOutsideGitOps Deployment/web" },
        { "the Service of a webhook does not exist", Of(Webhook(Hook("gone"))), "WebhookUnavailable ValidatingWebhookConfiguration/guard" },
        { "a webhook that an alert names is served", Of(Webhook(Hook())), null },
        { "a mutating webhook lowers the memory limit", Overridden(), "OOMKilled MutatingWebhookConfiguration/guard" },
        { "the cluster's DNS asks itself", Of(Dns(".:53 {\n    kubernetes cluster.local\n    forward . 127.0.0.1\n}")), "DNSMisconfigured ConfigMap/coredns" },
        { "a finalizer holds what was deleted", Of(Service()) with { Deletion = new(Ago(3600), ["example.com/guard"]) }, "FinalizerStuck Service/web" },
        { "a pod does not go", Deployment(Pod(Running()) with { DeletionAt = Ago(3600) }), "FinalizerStuck Deployment/web" },
        { "a pod leaves", Deployment(Pod(Running()), Pod(Running(), "web-2") with { DeletionAt = Ago(10) }), null },
        { "it is scaled to zero", new() { Subject = Target(), Workload = Workload() with { DesiredPods = 0 } }, "ScaledToZero Deployment/web" },
        { "its strategy waits for somebody to delete pods", Held(hasOther: true), "RolloutStuck StatefulSet/web" },
        { "its strategy waits for somebody, and there is nothing to wait for", Held(hasOther: false), null },
        { "a budget allows no eviction although all is well", Of(Budget()), "PDBBlocking PodDisruptionBudget/web" },
        { "a budget does its work while a pod is missing", Of(Budget(healthy: 1)), null },
        { "a CronJob is suspended", Cron(isSuspended: true), "JobSuspended CronJob/import" },
        { "a CronJob goes on", Cron(isSuspended: false), null },
        { "a Job has run for a day", Job(Pod(Running())) with { Jobs = [new() { Ref = Target("Job", "import", "batch/v1"), CreatedAt = Ago(86_400), Active = 1 }] }, "JobNeverCompletes Job/import" },
        { "its pod was evicted", Deployment(Pod(Running(ready: false)) with { Phase = "Failed", Reason = "Evicted", Message = "low on memory", Containers = [] }), "Evicted Deployment/web" },
        { "its log tells that RBAC refuses it", Deployment(Pod(Running())) with { LogSurvey = Survey(new LogSign(LogTrouble.Forbidden, "pods is forbidden: User \"x\"", 3, 20)) }, "RBACForbidden Deployment/web" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Diagnose_explains_what_the_objects_state(string sentence, Situation situation, string? best)
    {
        DiagnosisReport report = Diagnose(situation);

        Hypothesis? first = report.Hypotheses.FirstOrDefault();
        string? said = first is null ? null : $"{first.Cause} {first.Resource}";
        said.Should().Be(best, $"{sentence}: {first?.Statement}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Diagnose_says_it_in_one_sentence_for_people(string sentence, Situation situation, string? best)
    {
        _ = best;

        foreach (Hypothesis hypothesis in Diagnose(situation).Hypotheses)
        {
            hypothesis.Statement.Should().NotContain("  ", sentence).And.NotMatchRegex(@"\b(\w{4,}) \(\1\b|\(not found|: :|\(\)", sentence);
            hypothesis.NextStep.Should().NotBeEmpty(sentence);
        }
    }

    /// <summary>A sentence, the situation, and kind and name of what the best hypothesis is due to; null where the subject is in trouble alone.</summary>
    public static TheoryData<string, Situation, string?> Shared { get; } = new()
    {
        { "a quota is exceeded", Refused("pods \"web-1\" is forbidden: exceeded quota: small, requested: cpu=1, used: cpu=4, limited: cpu=4"), "ResourceQuota/small" },
        { "a quota wants limits", Refused("pods \"web-1\" is forbidden: failed quota: small: must specify limits.cpu for: app"), "ResourceQuota/small" },
        { "the namespace's standard forbids the pods", Refused("pods \"web-1\" is forbidden: violates PodSecurity \"restricted:latest\": privileged"), "Namespace/shop" },
        { "the ServiceAccount does not exist", Refused("pods \"web-1\" is forbidden: error looking up service account shop/web: serviceaccount \"web\" not found"), "ServiceAccount/web" },
        { "a webhook denies the pods", Refused("admission webhook \"web.example\" denied the request: no owner label"), null },
        { "its StorageClass does not exist", Of(Claim(@class: "gone")), "StorageClass/gone" },
        { "its provisioner fails", Of(Claim()) with { Events = [Event("ProvisioningFailed", "rpc error: quota of disks exceeded")] }, null },
        { "it fits on no node, since one is silent", Unplaced("0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint {node.kubernetes.io/unreachable: }.", NotReady()), "Node/n1" },
        { "it fits on no node, and the one that is silent is back", Unplaced("0/2 nodes are available: 2 node(s) had untolerated taint {node.kubernetes.io/unreachable: }."), null },
        { "it fits on no node, and all are well", Unplaced("0/2 nodes are available: 2 Insufficient cpu."), null },
    };

    [Theory]
    [MemberData(nameof(Shared))]
    public void Diagnose_names_what_troubles_others_as_well(string sentence, Situation situation, string? due) =>
        (Diagnose(situation).Hypotheses[0].DueTo?.ToString()).Should().Be(due, sentence);

    private static Situation Unplaced(string message, params ConditionFacts[] node) => Deployment(Gated() with
    {
        Conditions = [new("PodScheduled", ConditionStatus.False, "Unschedulable", message, Ago(600))],
    }) with { Around = new() { Nodes = [Node(node)] } };

    private static DiagnosisReport Diagnose(Situation situation)
    {
        SignalRecord asked = Signal("Asked", "somebody asked");
        ImmutableArray<SignalRecord> found = [.. DetectorCatalogue.Detect(situation, Now).Findings.Select(static f => Signal(f.Detector, f.Summary))];
        return Diagnoser.Diagnose(new(new() { Target = situation.Subject }, [asked, .. found], situation, Now));
    }

    private static SignalRecord Signal(string name, string summary) => new()
    {
        Fingerprint = name, Source = IncidentSource.Detector, Name = name, Summary = summary, FirstSeen = Ago(60), LastSeen = Ago(10),
    };

    private static EventFacts Event(string reason, string message) => new(Target("PersistentVolumeClaim", "data", "v1"), "Warning", reason, message, 3, Ago(60));

    private static Situation Refused(string message)
    {
        Situation situation = Deployment();
        return situation with { Workload = situation.Workload! with { Conditions = [new("ReplicaFailure", ConditionStatus.True, "FailedCreate", message, Ago(600))] } };
    }

    private static Situation Starting(string reason, string message) => Deployment(Pod(Waiting("ContainerCreating")) with { Phase = "Pending", NodeName = "n1" }) with
    {
        Events = [new(Target("Pod", "web-1", "v1"), "Warning", reason, message, 5, Ago(30))],
    };

    private static PodFacts Gated() => Pod(Running()) with
    {
        Containers = [], Phase = "Pending", Conditions = [new("PodScheduled", ConditionStatus.False, "SchedulingGated", "Scheduling is blocked", Ago(3600))],
    };

    private static ConditionFacts Pressure(string type) => new(type, ConditionStatus.True, $"KubeletHas{type}", "it is short", Ago(600));

    private static Situation OnSilentNode() => Deployment(Pod(Running(ready: false)) with { NodeName = "n1" }) with { Around = new() { Nodes = [Node(NotReady())] } };

    private static Situation Overridden() => Deployment(Pod(BackingOff(137, reason: "OOMKilled") with { MemoryLimit = "16Mi" })) with
    {
        Workload = Workload(container: """{"name":"app","resources":{"limits":{"memory":"512Mi"}}}"""),
        Around = new() { Webhooks = [Webhook(Hook()) with { Ref = new() { ApiVersion = "admissionregistration.k8s.io/v1", Kind = "MutatingWebhookConfiguration", Name = "guard", Uid = "uid-guard" } }] },
    };

    private static Situation Held(bool hasOther)
    {
        Situation situation = Deployment(Pod(Running()), Pod(Running(), "web-2"));
        return situation with
        {
            Subject = Target("StatefulSet"), Revisions = Revisions(3600),
            Workload = situation.Workload! with { Ref = Target("StatefulSet"), UpdateStrategy = "OnDelete", UpdatedPods = 0, HasOtherRevision = hasOther },
        };
    }

    private static TargetRef CronRef => Target("CronJob", "import", "batch/v1");

    private static Situation Cron(bool isSuspended)
    {
        TargetRef cron = CronRef;
        return new() { Subject = cron, CronJob = new() { Ref = cron, CreatedAt = Ago(86_400), Suspended = isSuspended } };
    }
}
