using Firstline.DevServer.Simulation.Client;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>The simulation's nodes, told from real ones by a label: pods on nodes of others are left to their kubelets.</summary>
internal static class NodeNames
{
    public const string Label = "sim.firstline.dev/node";

    public static bool IsSimulated(KubeObject node) => node.Labels.GetValueOrDefault(Label) == "true";

    public static string HostIp(KubeObject node) =>
        node.Status.Items("addresses").FirstOrDefault(a => a.Text("type") == "InternalIP").Text("address") ?? "172.18.0.2";

    /// <summary>First three numbers of the pod addresses of a node, such as <c>10.244.1</c>.</summary>
    public static string PodNetwork(KubeObject node) =>
        (node.Spec.Text("podCIDR") ?? "10.244.0.0/24") is var cidr ? cidr[..cidr.LastIndexOf('.')] : "";
}
