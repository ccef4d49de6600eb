using System.Globalization;
using System.Text;

namespace Firstline.Benchmarks.Caches;

/// <summary>ReplicaSets as large as those of a real cluster: eleven of each Deployment, a template of about 3 KB, of which settings and image are the workload's own.</summary>
internal static class RevisionText
{
    /// <summary>Revisions that a Deployment keeps: the present one and <c>revisionHistoryLimit</c>.</summary>
    public const int PerDeployment = 11;

    private const string Probe = """{"httpGet":{"path":"/ready","port":8080,"scheme":"HTTP"},"initialDelaySeconds":5,"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3}""";

    /// <summary>Hash of the revision that the pods are of.</summary>
    public static readonly string NewestHash = HashOf(PerDeployment - 1);

    /// <summary>Name of the ReplicaSet that the pods of a Deployment are of.</summary>
    public static string NewestOf(int deployment) => string.Create(CultureInfo.InvariantCulture, $"service-{deployment}-{NewestHash}");

    /// <summary>Its UID.</summary>
    public static string UidOfNewest(int deployment) => UidOf((deployment * PerDeployment) + PerDeployment - 1);

    /// <summary>The Deployment, with all its pods ready.</summary>
    public static byte[] OfDeployment(int deployment) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $$"""{"metadata":{"name":"service-{{deployment}}","namespace":"team-{{deployment % 50}}","uid":"{{UidOfDeployment(deployment)}}","resourceVersion":"{{deployment + 1}}","generation":{{PerDeployment}},"creationTimestamp":"2026-11-20T11:00:00Z","labels":{"app":"service-{{deployment}}"} },"spec":{"replicas":10,"selector":{"matchLabels":{"app":"service-{{deployment}}"} },"template":{{Template(deployment, PerDeployment - 1)}} },"status":{"observedGeneration":{{PerDeployment}},"replicas":10,"updatedReplicas":10,"readyReplicas":10,"availableReplicas":10,"conditions":[{"type":"Available","status":"True","reason":"MinimumReplicasAvailable","lastTransitionTime":"2026-11-20T11:00:06Z"},{"type":"Progressing","status":"True","reason":"NewReplicaSetAvailable","lastTransitionTime":"2026-11-20T11:00:06Z"}]} }"""));

    /// <summary>One of them.</summary>
    /// <param name="number">Counts through all Deployments and their revisions.</param>
    public static byte[] Of(int number)
    {
        (int deployment, int revision) = (number / PerDeployment, number % PerDeployment);
        int pods = revision == PerDeployment - 1 ? 10 : 0;
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $$"""{"metadata":{"name":"service-{{deployment}}-{{HashOf(revision)}}","namespace":"team-{{deployment % 50}}","uid":"{{UidOf(number)}}","resourceVersion":"{{number + 1}}","generation":2,"creationTimestamp":"2026-11-20T11:00:00Z","labels":{"app":"service-{{deployment}}","pod-template-hash":"{{HashOf(revision)}}"},"annotations":{"deployment.kubernetes.io/desired-replicas":"10","deployment.kubernetes.io/max-replicas":"13","deployment.kubernetes.io/revision":"{{revision + 1}}"},"ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment","name":"service-{{deployment}}","uid":"{{UidOfDeployment(deployment)}}","controller":true,"blockOwnerDeletion":true}]},"spec":{"replicas":{{pods}},"selector":{"matchLabels":{"app":"service-{{deployment}}"} },"template":{{Template(deployment, revision)}} },"status":{"replicas":{{pods}},"readyReplicas":{{pods}},"availableReplicas":{{pods}},"observedGeneration":2} }"""));
    }

    private static string HashOf(int revision) => string.Create(CultureInfo.InvariantCulture, $"5d8f7c{revision:x4}");

    private static string UidOf(int number) => string.Create(CultureInfo.InvariantCulture, $"30000000-0000-4000-8000-{number:d12}");

    private static string UidOfDeployment(int deployment) => string.Create(CultureInfo.InvariantCulture, $"10000000-0000-4000-8000-{deployment:d12}");

    private static string Template(int deployment, int revision)
    {
        Random own = new(deployment);
        string containers = string.Join(',', Enumerable.Range(0, 2).Select(c => string.Create(CultureInfo.InvariantCulture,
            $$"""{"name":"c{{c}}","image":"registry.example/team/service-{{deployment}}@sha256:{{Hex(new Random(deployment + (revision << 20)), 64)}}","args":["--listen=:8080","--id={{Hex(own, 16)}}"],"env":[{{string.Join(',', Enumerable.Range(0, 8).Select(e => $"{{\"name\":\"SETTING_{e}\",\"value\":\"{Hex(own, 24)}\"}}"))}}],"ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],"resources":{"limits":{"cpu":"1","memory":"512Mi"},"requests":{"cpu":"100m","memory":"256Mi"} },"volumeMounts":[{"name":"config","mountPath":"/etc/service"}],"livenessProbe":{{Probe}},"readinessProbe":{{Probe}},"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent","securityContext":{"runAsNonRoot":true,"allowPrivilegeEscalation":false} }""")));
        return $$"""{"metadata":{"creationTimestamp":null,"labels":{"app":"service-{{deployment}}"},"annotations":{"checksum/config":"{{Hex(own, 64)}}"} },"spec":{"containers":[{{containers}}],"volumes":[{"name":"config","configMap":{"name":"service-{{deployment}}","defaultMode":420} }],"restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","serviceAccountName":"service-{{deployment}}","securityContext":{},"schedulerName":"default-scheduler","topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"topology.kubernetes.io/zone","whenUnsatisfiable":"ScheduleAnyway","labelSelector":{"matchLabels":{"app":"service-{{deployment}}"} } }]} }""";
    }

    private static string Hex(Random random, int length) => random.GetHexString(length, lowercase: true);
}
