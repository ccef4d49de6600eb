using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>What a cluster fills into pod specs, in pods and in templates.</summary>
internal static class PodDefaults
{
    private const int DefaultMode = 420; // 0644

    public static void ApplyToTemplate(JsonObject owner) => ApplyToSpec(owner.Section("template").Section("spec"));

    public static void ApplyToSpec(JsonObject spec)
    {
        spec.Default("restartPolicy", "Always");
        spec.Default("terminationGracePeriodSeconds", 30);
        spec.Default("dnsPolicy", "ClusterFirst");
        spec.Section("securityContext");
        spec.Default("schedulerName", "default-scheduler");
        if (spec.Text("serviceAccountName") is { Length: > 0 } account)
        {
            spec.Default("serviceAccount", account);
        }

        foreach (JsonObject container in spec.Objects("initContainers").Concat(spec.Objects("containers")))
        {
            ApplyToContainer(container);
        }

        foreach (JsonObject volume in spec.Objects("volumes"))
        {
            ApplyToVolume(volume);
        }
    }

    private static void ApplyToContainer(JsonObject container)
    {
        container.Default("terminationMessagePath", "/dev/termination-log");
        container.Default("terminationMessagePolicy", "File");
        container.Default("imagePullPolicy", IsLatest(container.Text("image") ?? "") ? "Always" : "IfNotPresent");
        ApplyToResources(container.Section("resources"));
        foreach (JsonObject port in container.Objects("ports"))
        {
            port.Default("protocol", "TCP");
        }

        foreach (JsonObject source in container.Objects("env").Select(e => e.Fields("valueFrom", "fieldRef")).OfType<JsonObject>())
        {
            source.Default("apiVersion", "v1");
        }

        foreach (string name in (ReadOnlySpan<string>)["livenessProbe", "readinessProbe", "startupProbe"])
        {
            ApplyToProbe(container.Fields(name));
        }

        ApplyToHttp(container.Fields("lifecycle", "preStop", "httpGet"));
        ApplyToHttp(container.Fields("lifecycle", "postStart", "httpGet"));
    }

    private static bool IsLatest(string image)
    {
        string last = image[(image.LastIndexOf('/') + 1)..];
        return !last.Contains('@') && (!last.Contains(':') || last.EndsWith(":latest", StringComparison.Ordinal));
    }

    // What is limited but not requested is requested as it is limited.
    private static void ApplyToResources(JsonObject resources)
    {
        foreach ((string name, JsonNode? limit) in resources.Fields("limits") ?? [])
        {
            resources.Section("requests")[name] ??= limit?.DeepClone();
        }
    }

    private static void ApplyToProbe(JsonObject? probe)
    {
        if (probe is null)
        {
            return;
        }

        ApplyToHttp(probe.Fields("httpGet"));
        probe.Fields("grpc")?.Default("service", "");
        probe.Default("timeoutSeconds", 1);
        probe.Default("periodSeconds", 10);
        probe.Default("successThreshold", 1);
        probe.Default("failureThreshold", 3);
    }

    private static void ApplyToHttp(JsonObject? http)
    {
        http?.Default("path", "/");
        http?.Default("scheme", "HTTP");
    }

    private static void ApplyToVolume(JsonObject volume)
    {
        if (volume.Count == 1)
        {
            volume.Section("emptyDir");
        }

        foreach (string name in (ReadOnlySpan<string>)["configMap", "secret", "downwardAPI", "projected"])
        {
            volume.Fields(name)?.Default("defaultMode", DefaultMode);
        }

        volume.Fields("hostPath")?.Default("type", "");
        foreach (JsonObject token in volume.Objects("projected", "sources").Select(s => s.Fields("serviceAccountToken")).OfType<JsonObject>())
        {
            token.Default("expirationSeconds", 3600);
        }
    }
}
