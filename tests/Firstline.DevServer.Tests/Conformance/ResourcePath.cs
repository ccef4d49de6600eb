namespace Firstline.DevServer.Tests.Conformance;

/// <summary>Paths of a table may begin with a resource of the scenario's namespace: <c>configmaps/a?x=y</c>.</summary>
internal static class ResourcePath
{
    private static readonly Dictionary<string, string> Groups = new()
    {
        ["gauges"] = "/apis/conformance.firstline.dev/v1",
        ["deployments"] = "/apis/apps/v1",
        ["statefulsets"] = "/apis/apps/v1",
        ["replicasets"] = "/apis/apps/v1",
        ["jobs"] = "/apis/batch/v1",
        ["leases"] = "/apis/coordination.k8s.io/v1",
        ["poddisruptionbudgets"] = "/apis/policy/v1",
        ["roles"] = "/apis/rbac.authorization.k8s.io/v1",
    };

    public static string Full(string path, string ns) =>
        path[0] == '/' ? path : $"{Groups.GetValueOrDefault(path.Split('/', '?')[0], "/api/v1")}/namespaces/{ns}/{path}";
}
