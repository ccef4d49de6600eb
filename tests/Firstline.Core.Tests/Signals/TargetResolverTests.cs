using Firstline.Api.V1Alpha1;
using Firstline.Core.Signals;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Signals;

public sealed class TargetResolverTests
{
    [Theory]
    [InlineData("a Deployment", "namespace=shop,deployment=web,pod=web-1", "apps/v1 Deployment/web")]
    [InlineData("a StatefulSet", "namespace=shop,statefulset=db", "apps/v1 StatefulSet/db")]
    [InlineData("a DaemonSet", "namespace=shop,daemonset=agent", "apps/v1 DaemonSet/agent")]
    [InlineData("a Job, and not the scrape job", "namespace=shop,job_name=import,job=kube-state-metrics", "batch/v1 Job/import")]
    [InlineData("a CronJob before its Job", "namespace=shop,job_name=import-1,cronjob=import", "batch/v1 CronJob/import")]
    [InlineData("a pod", "namespace=shop,pod=web-1,container=app,node=n1", "v1 Pod/web-1")]
    [InlineData("a ConfigMap", "namespace=shop,configmap=web-config", "v1 ConfigMap/web-config")]
    [InlineData("a workload by type", "namespace=shop,workload=web,workload_type=deployment,pod=web-1", "apps/v1 Deployment/web")]
    [InlineData("a pod when the workload's type is unknown", "namespace=shop,workload=web,workload_type=rollout,pod=web-1", "v1 Pod/web-1")]
    [InlineData("a node", "node=n1", "v1 Node/n1")]
    [InlineData("the metric's own labels before the exporter's", "namespace=monitoring,pod=ksm-1,exported_namespace=shop,exported_pod=web-1", "v1 Pod/web-1")]
    [InlineData("the namespace when nothing else is named", "namespace=shop,severity=critical", "v1 Namespace/shop")]
    [InlineData("nothing", "severity=critical", "")]
    [InlineData("nothing when a name could not be an object's", "namespace=../kube-system", "")]
    [InlineData("the namespace when the pod's name could not be an object's", "namespace=shop,pod=a/b", "v1 Namespace/shop")]
    [InlineData("nothing namespaced without a namespace", "pod=web-1", "")]
    public void Resolve_names(string what, string labels, string expected)
    {
        Dictionary<string, string> map = labels.Split(',').Select(static l => l.Split('=')).ToDictionary(static p => p[0], static p => p[1]);

        TargetRef? target = TargetResolver.Resolve("A", map);

        (target is null ? "" : $"{target.ApiVersion} {target}").Should().Be(expected, what);
    }
}
