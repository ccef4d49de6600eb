using Firstline.Api.V1Alpha1;
using Firstline.Core.Signals;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Signals;

/// <summary>The alerts of the kubernetes-mixin and the node-mixin, with the labels that they have when Prometheus adds those of the exporter's own pod.</summary>
public sealed class KubernetesMixinTests
{
    // What kube-state-metrics' own pod adds where its metric has no such label (honor_labels), or beside exported_ ones (without).
    private const string Scraped = "job=kube-state-metrics,instance=10.244.0.7:8080,service=ksm,endpoint=http,container=kube-state-metrics,pod=prometheus-kube-state-metrics-5d9c-x2x,namespace=monitoring";
    private const string Kubelet = "job=kubelet,instance=10.0.0.5:10250,node=n1,metrics_path=/metrics,service=kubelet,endpoint=https-metrics,namespace=kube-system";
    private const string NodeExporter = "job=node-exporter,instance=10.0.0.5:9100,service=node-exporter,endpoint=metrics,container=node-exporter,pod=node-exporter-8fj2k,namespace=monitoring";

    [Theory]
    [InlineData("KubePodCrashLooping", Scraped, "namespace=shop,pod=web-1,container=app", "Pod/web-1")]
    [InlineData("KubePodCrashLooping", Scraped, "exported_namespace=shop,exported_pod=web-1,exported_container=app", "Pod/web-1")]
    [InlineData("KubePodCrashLooping", Scraped, "container=kube-state-metrics", "Pod/prometheus-kube-state-metrics-5d9c-x2x")]
    [InlineData("KubePodNotReady", "", "namespace=shop,pod=web-1", "Pod/web-1")]
    [InlineData("KubeContainerWaiting", Scraped, "namespace=shop,pod=web-1,container=app,reason=ImagePullBackOff", "Pod/web-1")]
    [InlineData("KubeDeploymentGenerationMismatch", Scraped, "namespace=shop,deployment=web", "Deployment/web")]
    [InlineData("KubeDeploymentReplicasMismatch", Scraped, "exported_namespace=shop,deployment=web", "Deployment/web")]
    [InlineData("KubeDeploymentRolloutStuck", Scraped, "namespace=shop,deployment=web,condition=Progressing,status=false", "Deployment/web")]
    [InlineData("KubeStatefulSetReplicasMismatch", Scraped, "namespace=shop,statefulset=db", "StatefulSet/db")]
    [InlineData("KubeStatefulSetGenerationMismatch", Scraped, "namespace=shop,statefulset=db", "StatefulSet/db")]
    [InlineData("KubeStatefulSetUpdateNotRolledOut", Scraped, "namespace=shop,statefulset=db", "StatefulSet/db")]
    [InlineData("KubeDaemonSetRolloutStuck", Scraped, "namespace=shop,daemonset=agent", "DaemonSet/agent")]
    [InlineData("KubeDaemonSetNotScheduled", Scraped, "namespace=shop,daemonset=agent", "DaemonSet/agent")]
    [InlineData("KubeDaemonSetMisScheduled", Scraped, "namespace=shop,daemonset=agent", "DaemonSet/agent")]
    [InlineData("KubeJobNotCompleted", Scraped, "namespace=shop,job_name=import", "Job/import")]
    [InlineData("KubeJobFailed", Scraped, "namespace=shop,job_name=import,condition=true", "Job/import")]
    [InlineData("KubeHpaReplicasMismatch", Scraped, "namespace=shop,horizontalpodautoscaler=web", "HorizontalPodAutoscaler/web")]
    [InlineData("KubeHpaMaxedOut", Scraped, "exported_namespace=shop,horizontalpodautoscaler=web", "HorizontalPodAutoscaler/web")]
    [InlineData("KubePdbNotEnoughHealthyPods", Scraped, "namespace=shop,poddisruptionbudget=web", "PodDisruptionBudget/web")]
    [InlineData("KubeQuotaAlmostFull", Scraped, "namespace=shop,resource=pods,resourcequota=limits", "ResourceQuota/limits")]
    [InlineData("KubeQuotaExceeded", Scraped, "exported_namespace=shop,resource=pods,resourcequota=limits", "ResourceQuota/limits")]
    [InlineData("CPUThrottlingHigh", "", "namespace=shop,pod=web-1,container=app", "Pod/web-1")]
    [InlineData("KubePersistentVolumeFillingUp", Kubelet, "namespace=shop,persistentvolumeclaim=data", "PersistentVolumeClaim/data")]
    [InlineData("KubePersistentVolumeInodesFillingUp", Kubelet, "namespace=shop,persistentvolumeclaim=data", "PersistentVolumeClaim/data")]
    [InlineData("KubePersistentVolumeErrors", Scraped, "persistentvolume=pv-1,phase=Failed", "PersistentVolume/pv-1")]
    [InlineData("KubeNodeNotReady", Scraped, "node=n1,condition=Ready,status=true", "Node/n1")]
    [InlineData("KubeNodePressure", Scraped, "node=n1,condition=MemoryPressure,status=true", "Node/n1")]
    [InlineData("KubeNodeUnreachable", Scraped, "node=n1,key=node.kubernetes.io/unreachable,effect=NoSchedule", "Node/n1")]
    [InlineData("KubeNodeReadinessFlapping", Scraped, "node=n1", "Node/n1")]
    [InlineData("KubeNodeEviction", Kubelet, "eviction_signal=memory.available", "Node/n1")]
    [InlineData("KubeletTooManyPods", "", "node=n1", "Node/n1")]
    [InlineData("KubeletPlegDurationHigh", Kubelet, "quantile=0.99", "Node/n1")]
    [InlineData("KubeletPodStartUpLatencyHigh", Kubelet, "", "Node/n1")]
    [InlineData("KubeletClientCertificateExpiration", Kubelet, "", "Node/n1")]
    [InlineData("KubeletServerCertificateRenewalErrors", Kubelet, "", "Node/n1")]
    [InlineData("KubeAggregatedAPIDown", "", "name=v1beta1.metrics.k8s.io,namespace=kube-system", "APIService/v1beta1.metrics.k8s.io")]
    [InlineData("KubeCPUOvercommit", "", "severity=warning", "")]
    [InlineData("KubeAPIDown", "", "severity=critical", "")]
    [InlineData("NodeFilesystemAlmostOutOfSpace", NodeExporter, "device=/dev/sda1,mountpoint=/,node=n1", "Node/n1")]
    [InlineData("NodeFilesystemAlmostOutOfSpace", NodeExporter, "device=/dev/sda1,mountpoint=/,nodename=n1", "Node/n1")]
    [InlineData("NodeMemoryHighUtilization", NodeExporter, "instance=n1", "Node/n1")]
    [InlineData("NodeMemoryHighUtilization", NodeExporter, "instance=n1:9100", "Node/n1")]
    [InlineData("NodeMemoryHighUtilization", NodeExporter, "instance=[2001:db8::5]:9100", "Namespace/monitoring")]
    [InlineData("NodeClockNotSynchronising", NodeExporter, "", "Namespace/monitoring")]
    public void Resolve_names_what_the_alert_is_about(string alert, string scraped, string own, string expected)
    {
        TargetRef? target = TargetResolver.Resolve(alert, Labels(scraped, own));

        $"{target}".Should().Be(expected);
        if (target is { Namespace: { } ns } && !own.Contains("container=kube-state-metrics", StringComparison.Ordinal))
        {
            ns.Should().Be("shop");
        }
    }

    [Theory]
    [InlineData("a rule of one's own on a Deployment", "namespace=shop,deployment=web", "Deployment/web")]
    [InlineData("a rule of one's own on a pod", "namespace=shop,pod=web-1", "Pod/web-1")]
    [InlineData("a rule of one's own on a node", "node=n1", "Node/n1")]
    [InlineData("a rule of one's own on a volume", "persistentvolume=pv-1", "PersistentVolume/pv-1")]
    [InlineData("a rule of one's own on an exported namespace alone", "exported_namespace=shop", "Namespace/shop")]
    public void Resolve_never_takes_the_pod_that_was_scraped_for_the_one_in_trouble(string what, string own, string expected) =>
        $"{TargetResolver.Resolve("MyRule", Labels(Scraped, own))}".Should().Be(expected, what);

    private static Dictionary<string, string> Labels(string scraped, string own)
    {
        Dictionary<string, string> labels = [];
        foreach (string[] pair in $"{scraped},{own}".Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static l => l.Split('=', 2)))
        {
            labels[pair[0]] = pair[1];
        }

        return labels;
    }
}
