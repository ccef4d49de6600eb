using System.Collections.Immutable;
using System.Text.Json;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Faults;
using Firstline.DevServer.Simulation.Values;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>Reads a pod into a plan.</summary>
internal static class PodPlanReader
{
    /// <summary>Set on a template by <c>kubectl rollout restart</c>: processes of such pods are fresh, they do not hang again.</summary>
    public const string RestartedAt = "kubectl.kubernetes.io/restartedAt";

    public static PodPlan Read(KubeObject pod, bool replacesHungPod)
    {
        ImmutableArray<string> names = [.. pod.Spec.Items("initContainers").Concat(pod.Spec.Items("containers")).Select(c => c.Text("name") ?? "")];
        FaultSet faults = FaultReader.Read(pod.Annotations, names);
        string policy = pod.Spec.Text("restartPolicy") ?? "Always";
        ImmutableArray<ContentVolume> volumes = [.. pod.Spec.Items("volumes").SelectMany(Volumes)];
        ContainerPlan Plan(JsonElement container, bool isInit) => Container(container, faults, volumes, policy, isInit);
        return new PodPlan
        {
            Key = pod.Key,
            Uid = pod.Uid,
            InitContainers = [.. pod.Spec.Items("initContainers").Select(c => Plan(c, true))],
            Containers = [.. pod.Spec.Items("containers").Select(c => Plan(c, false))],
            Volumes = volumes,
            Faults = faults,
            RestartPolicy = policy,
            Deletion = pod.IsDeleting ? TimeSpan.FromSeconds(pod.Root.At("metadata").Number("deletionGracePeriodSeconds", 30)) : null,
            IsCuredOfHanging = replacesHungPod || pod.Annotations.ContainsKey(RestartedAt),
        };
    }

    private static ContainerPlan Container(JsonElement spec, FaultSet faults, ImmutableArray<ContentVolume> volumes, string policy, bool isInit)
    {
        string name = spec.Text("name") ?? "";
        HashSet<string?> mounts = [.. spec.Items("volumeMounts").Where(m => m.Text("subPath") is null).Select(m => m.Text("name"))];
        return new ContainerPlan
        {
            Name = name,
            Image = spec.Text("image") ?? "",
            AlwaysPull = spec.Text("imagePullPolicy") == "Always",
            MemoryLimit = Quantity.Parse(spec.Text("resources", "limits", "memory")),
            Env = [.. spec.Items("envFrom").SelectMany(EnvFrom), .. spec.Items("env").Select(Env)],
            Mounted = [.. volumes.Where(v => mounts.Contains(v.Name)).Select(v => (v.Kind, v.Source))],
            Startup = Probe(spec.At("startupProbe")),
            Readiness = Probe(spec.At("readinessProbe")),
            Liveness = Probe(spec.At("livenessProbe")),
            Faults = faults.For(name, isInit),
            RestartPolicy = isInit ? InitPolicy(spec, policy) : policy,
            IsInit = isInit,
        };
    }

    private static string InitPolicy(JsonElement spec, string podPolicy) =>
        spec.Text("restartPolicy") ?? (podPolicy == "Never" ? "Never" : "OnFailure");

    private static ProbePlan? Probe(JsonElement probe)
    {
        if (probe.IsMissing())
        {
            return null;
        }

        (ProbeKind kind, JsonElement target) = probe switch
        {
            _ when !probe.At("httpGet").IsMissing() => (ProbeKind.Http, probe.At("httpGet")),
            _ when !probe.At("tcpSocket").IsMissing() => (ProbeKind.Tcp, probe.At("tcpSocket")),
            _ when !probe.At("grpc").IsMissing() => (ProbeKind.Grpc, probe.At("grpc")),
            _ => (ProbeKind.Exec, default),
        };
        JsonElement port = target.At("port");
        return new ProbePlan(
            kind,
            port.IsMissing() ? "" : port.ToString(),
            target.Text("path") ?? "/",
            TimeSpan.FromSeconds(probe.Number("initialDelaySeconds")),
            TimeSpan.FromSeconds(Math.Max(1, probe.Number("periodSeconds", 10))),
            Math.Max(1, probe.Number("failureThreshold", 3)));
    }

    private static IEnumerable<EnvEntry> EnvFrom(JsonElement source)
    {
        string prefix = source.Text("prefix") ?? "";
        foreach ((string field, ContentKind kind) in new[] { ("configMapRef", ContentKind.ConfigMap), ("secretRef", ContentKind.Secret) })
        {
            if (source.At(field) is { ValueKind: JsonValueKind.Object } reference)
            {
                yield return new EnvEntry.FromAll(prefix, kind, reference.Text("name") ?? "", reference.Flag("optional"));
            }
        }
    }

    private static EnvEntry Env(JsonElement entry)
    {
        string name = entry.Text("name") ?? "";
        foreach ((string field, ContentKind kind) in new[] { ("configMapKeyRef", ContentKind.ConfigMap), ("secretKeyRef", ContentKind.Secret) })
        {
            if (entry.At("valueFrom", field) is { ValueKind: JsonValueKind.Object } reference)
            {
                ContentKey key = new(kind, reference.Text("name") ?? "", reference.Text("key") ?? "");
                return new EnvEntry.FromKey(name, key, reference.Flag("optional"));
            }
        }

        return new EnvEntry.Literal(name, entry.Text("value") ?? "");
    }

    private static IEnumerable<ContentVolume> Volumes(JsonElement volume)
    {
        string name = volume.Text("name") ?? "";
        if (volume.At("configMap") is { ValueKind: JsonValueKind.Object } map)
        {
            yield return new ContentVolume(name, ContentKind.ConfigMap, map.Text("name") ?? "", map.Flag("optional"));
        }
        else if (volume.At("secret") is { ValueKind: JsonValueKind.Object } secret)
        {
            yield return new ContentVolume(name, ContentKind.Secret, secret.Text("secretName") ?? "", secret.Flag("optional"));
        }
        else
        {
            foreach (JsonElement source in volume.Items("projected", "sources"))
            {
                foreach (ContentVolume part in Projected(name, source))
                {
                    yield return part;
                }
            }
        }
    }

    private static IEnumerable<ContentVolume> Projected(string name, JsonElement source)
    {
        if (source.At("configMap") is { ValueKind: JsonValueKind.Object } map)
        {
            yield return new ContentVolume(name, ContentKind.ConfigMap, map.Text("name") ?? "", map.Flag("optional"));
        }

        if (source.At("secret") is { ValueKind: JsonValueKind.Object } secret)
        {
            yield return new ContentVolume(name, ContentKind.Secret, secret.Text("name") ?? "", secret.Flag("optional"));
        }
    }
}
