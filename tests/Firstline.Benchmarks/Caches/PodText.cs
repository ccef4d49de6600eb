using System.Globalization;
using System.Text;

namespace Firstline.Benchmarks.Caches;

/// <summary>Pods as large as those of a real cluster: three containers, twenty annotations, managedFields of four managers.</summary>
internal static class PodText
{
    private static readonly string Annotations = string.Join(',', Enumerable.Range(0, 20).Select(static i => $"\"example.org/annotation-{i}\":\"{new string((char)('a' + i), 60)}\""));

    private static readonly string Managed = string.Join(',', new[] { "kube-controller-manager", "kube-scheduler", "kubelet", "sidecar-injector" }.Select(static manager =>
        $$"""{"manager":"{{manager}}","operation":"Update","apiVersion":"v1","time":"2026-11-20T11:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:annotations":{{{string.Join(',', Enumerable.Range(0, 10).Select(static i => $"\"f:example.org/annotation-{i}\":{{}}"))}}},"f:labels":{".":{},"f:app":{} } },"f:spec":{"f:containers":{{{string.Join(',', Enumerable.Range(0, 3).Select(static i => $"\"k:{{\\\"name\\\":\\\"c{i}\\\"}}\":{{\".\":{{}},\"f:image\":{{}},\"f:resources\":{{\"f:limits\":{{\"f:memory\":{{}}}}}}}}"))}}} } } }"""));

    private static readonly string Containers = string.Join(',', Enumerable.Range(0, 3).Select(static i =>
        $$"""{"name":"c{{i}}","image":"registry.example/team/service-{{i}}:1.4.2","args":["--verbosity=2","--listen=:8080"],"env":[{{string.Join(',', Enumerable.Range(0, 10).Select(static e => $"{{\"name\":\"SETTING_{e}\",\"value\":\"value-of-{e}\"}}"))}}],"resources":{"limits":{"cpu":"1","memory":"512Mi"},"requests":{"cpu":"100m","memory":"256Mi"} },"volumeMounts":[{"name":"token","mountPath":"/var/run/secrets","readOnly":true}],"readinessProbe":{"httpGet":{"path":"/ready","port":8080},"periodSeconds":10},"terminationMessagePath":"/dev/termination-log","imagePullPolicy":"IfNotPresent"}"""));

    private static readonly string Statuses = string.Join(',', Enumerable.Range(0, 3).Select(static i =>
        $$"""{"name":"c{{i}}","ready":true,"started":true,"restartCount":0,"image":"registry.example/team/service-{{i}}:1.4.2","imageID":"sha256:{{new string('e', 64)}}","containerID":"containerd://{{new string('f', 64)}}","state":{"running":{"startedAt":"2026-11-20T11:00:05Z"} } }"""));

    /// <summary>One pod, about 8 KB.</summary>
    public static byte[] Of(int number, long version) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $$"""{"kind":"Pod","apiVersion":"v1","metadata":{"name":"{{RevisionText.NewestOf(number / 10)}}-{{number:x5}}","generateName":"{{RevisionText.NewestOf(number / 10)}}-","namespace":"team-{{number / 10 % 50}}","uid":"00000000-0000-4000-8000-{{number:d12}}","resourceVersion":"{{version}}","creationTimestamp":"2026-11-20T11:00:00Z","labels":{"app":"service-{{number / 10}}","pod-template-hash":"{{RevisionText.NewestHash}}"},"annotations":{{{Annotations}}},"ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"{{RevisionText.NewestOf(number / 10)}}","uid":"{{RevisionText.UidOfNewest(number / 10)}}","controller":true,"blockOwnerDeletion":true}],"managedFields":[{{Managed}}]},"spec":{"containers":[{{Containers}}],"volumes":[{"name":"token","projected":{"sources":[{"serviceAccountToken":{"expirationSeconds":3607,"path":"token"} }],"defaultMode":420} }],"nodeName":"node-{{number % 200}}","restartPolicy":"Always","serviceAccountName":"default"},"status":{"phase":"Running","conditions":[{"type":"Initialized","status":"True","lastTransitionTime":"2026-11-20T11:00:01Z"},{"type":"Ready","status":"True","lastTransitionTime":"2026-11-20T11:00:06Z"},{"type":"PodScheduled","status":"True","lastTransitionTime":"2026-11-20T11:00:00Z"}],"hostIP":"10.0.0.1","podIP":"10.1.0.1","startTime":"2026-11-20T11:00:00Z","containerStatuses":[{{Statuses}}],"qosClass":"Burstable"} }"""));
}
