using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>What a cluster itself writes into a new object: phases, addresses, and the labels that tie a Job to its pods.</summary>
internal static class BuiltinPreparation
{
    private const int FirstNodePort = 30000;
    private const int NodePorts = 2768;

    private static readonly FrozenDictionary<string, Action<JsonObject>> ByKind = new Dictionary<string, Action<JsonObject>>
    {
        ["Namespace"] = Namespace,
        ["Pod"] = Pod,
        ["PersistentVolumeClaim"] = o => o.Section("status").Default("phase", "Pending"),
        ["PersistentVolume"] = o => o.Section("status").Default("phase", "Pending"),
        ["Service"] = Service,
        ["Job"] = Job,
    }.ToFrozenDictionary();

    public static void Apply(KindDefinition kind, JsonObject value)
    {
        if (ByKind.TryGetValue(kind.Kind, out Action<JsonObject>? apply))
        {
            apply(value);
        }
    }

    private static void Namespace(JsonObject value)
    {
        value.Section("metadata").Section("labels")["kubernetes.io/metadata.name"] = value.Text("metadata", "name");
        if (value.List("spec", "finalizers").Count == 0)
        {
            value.Section("spec")["finalizers"] = new JsonArray("kubernetes");
        }

        value.Section("status").Default("phase", "Active");
    }

    private static void Pod(JsonObject value)
    {
        JsonObject spec = value.Section("spec");
        spec.Default("serviceAccountName", "default");
        spec.Default("serviceAccount", spec.Text("serviceAccountName")!);
        spec.Default("preemptionPolicy", "PreemptLowerPriority");
        spec.Default("priority", 0);
        spec["enableServiceLinks"] ??= true;
        if (spec.List("tolerations").Count == 0)
        {
            spec["tolerations"] = new JsonArray(Toleration("not-ready"), Toleration("unreachable"));
        }

        JsonObject status = value.Section("status");
        status.Default("phase", "Pending");
        status["qosClass"] = PodQuality.Class(spec);
    }

    private static JsonObject Toleration(string taint) => new()
    {
        ["key"] = $"node.kubernetes.io/{taint}",
        ["operator"] = "Exists",
        ["effect"] = "NoExecute",
        ["tolerationSeconds"] = 300,
    };

    // Addresses follow from the name, so that the same story shows the same addresses; two Services may share one.
    private static void Service(JsonObject value)
    {
        JsonObject spec = value.Section("spec");
        if (spec.Text("type") == "ExternalName")
        {
            return;
        }

        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{value.Text("metadata", "namespace")}/{value.Text("metadata", "name")}"));
        spec.Default("clusterIP", string.Create(CultureInfo.InvariantCulture, $"10.{96 + (hash[0] % 16)}.{hash[1]}.{1 + (hash[2] % 254)}"));
        spec["clusterIPs"] ??= new JsonArray(spec.Text("clusterIP")!);
        spec["ipFamilies"] ??= new JsonArray("IPv4");
        spec.Default("ipFamilyPolicy", "SingleStack");
        if (spec.Text("type") is not ("NodePort" or "LoadBalancer"))
        {
            return;
        }

        int next = BitConverter.ToUInt16(hash, 4);
        foreach (JsonObject port in spec.Objects("ports"))
        {
            port.Default("nodePort", FirstNodePort + (next++ % NodePorts));
        }
    }

    private static void Job(JsonObject value)
    {
        JsonObject spec = value.Section("spec");
        if (spec.Flag("manualSelector") || spec.Fields("selector") is not null)
        {
            return;
        }

        string uid = value.Text("metadata", "uid") ?? "";
        string name = value.Text("metadata", "name") ?? "";
        spec["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["batch.kubernetes.io/controller-uid"] = uid } };
        JsonObject labels = spec.Section("template").Section("metadata").Section("labels");
        labels["batch.kubernetes.io/controller-uid"] = uid;
        labels["batch.kubernetes.io/job-name"] = name;
        labels["controller-uid"] = uid;
        labels["job-name"] = name;
    }
}
