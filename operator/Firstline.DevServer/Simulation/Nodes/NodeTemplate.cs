using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Kubelet;

namespace Firstline.DevServer.Simulation.Nodes;

/// <summary>A simulated node as its kubelet would register it.</summary>
internal static class NodeTemplate
{
    private static readonly (string Type, string Reason, string Message)[] Pressures =
    [
        ("MemoryPressure", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
        ("DiskPressure", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
        ("PIDPressure", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
    ];

    public static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"sim-node-{number}");

    /// <param name="number">1 and up.</param>
    public static JsonObject Build(int number)
    {
        string name = NameOf(number);
        return new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["labels"] = new JsonObject
                {
                    [NodeNames.Label] = "true",
                    ["kubernetes.io/hostname"] = name,
                    ["kubernetes.io/os"] = "linux",
                    ["kubernetes.io/arch"] = "amd64",
                    ["topology.kubernetes.io/zone"] = string.Create(CultureInfo.InvariantCulture, $"zone-{number}"),
                },
            },
            ["spec"] = new JsonObject { ["podCIDR"] = string.Create(CultureInfo.InvariantCulture, $"10.244.{number}.0/24") },
        };
    }

    public static JsonObject Status(int number, int cpu, int memoryGiB, DateTimeOffset now)
    {
        JsonArray conditions = [.. Pressures.Select(p => Condition(p.Type, "False", p.Reason, p.Message, now))];
        conditions.Add((JsonNode)Condition("Ready", "True", "KubeletReady", "kubelet is posting ready status", now));
        return new JsonObject
        {
            ["capacity"] = Amounts(cpu, memoryGiB),
            ["allocatable"] = Amounts(cpu, memoryGiB),
            ["conditions"] = conditions,
            ["addresses"] = new JsonArray(
                new JsonObject { ["type"] = "InternalIP", ["address"] = string.Create(CultureInfo.InvariantCulture, $"172.18.0.{number + 1}") },
                new JsonObject { ["type"] = "Hostname", ["address"] = NameOf(number) }),
            ["nodeInfo"] = new JsonObject
            {
                ["kubeletVersion"] = "v1.36.0-sim",
                ["containerRuntimeVersion"] = "simulation://1",
                ["osImage"] = "Firstline simulation",
                ["operatingSystem"] = "linux",
                ["architecture"] = "amd64",
                ["kernelVersion"] = "6.1.0",
                ["machineID"] = NameOf(number),
                ["systemUUID"] = NameOf(number),
                ["bootID"] = NameOf(number),
                ["kubeProxyVersion"] = "",
            },
        };
    }

    private static JsonObject Amounts(int cpu, int memoryGiB) => new()
    {
        ["cpu"] = cpu.ToString(CultureInfo.InvariantCulture),
        ["memory"] = string.Create(CultureInfo.InvariantCulture, $"{memoryGiB}Gi"),
        ["ephemeral-storage"] = "100Gi",
        ["pods"] = "110",
    };

    private static JsonObject Condition(string type, string status, string reason, string message, DateTimeOffset now) => new()
    {
        ["type"] = type,
        ["status"] = status,
        ["reason"] = reason,
        ["message"] = message,
        ["lastHeartbeatTime"] = now.ToTimestamp(),
        ["lastTransitionTime"] = now.ToTimestamp(),
    };
}
