using Firstline.Api.Meta;

namespace Firstline.Kube.Client;

/// <summary>The built-in kinds that the client itself uses.</summary>
internal static class CoreTypes
{
    public static readonly ResourceType Pods = new("", "v1", "Pod", "pods", ResourceScope.Namespaced);
    public static readonly ResourceType Events = new("", "v1", "Event", "events", ResourceScope.Namespaced);
    public static readonly ResourceType Leases = new("coordination.k8s.io", "v1", "Lease", "leases", ResourceScope.Namespaced);
}
