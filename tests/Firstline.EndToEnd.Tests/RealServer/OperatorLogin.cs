namespace Firstline.EndToEnd.Tests.RealServer;

/// <summary>Logs the operator in as its own ServiceAccount.</summary>
internal static class OperatorLogin
{
    /// <summary>Writes the administrator's kubeconfig with the token of the ServiceAccount in place of every other credential.</summary>
    /// <param name="kubectl">The administrator's client.</param>
    /// <param name="file">Where it is written.</param>
    public static async Task WriteAsync(Kubectl kubectl, string file)
    {
        string token = (await kubectl.RunAsync("create token firstline-operator -n firstline-system")).Trim();
        string server = (await kubectl.RunAsync("config view --raw --minify -o jsonpath={.clusters[0].cluster.server}")).Trim();
        string authority = (await kubectl.RunAsync("config view --raw --minify --flatten -o jsonpath={.clusters[0].cluster.certificate-authority-data}")).Trim();
        await File.WriteAllTextAsync(file,
            $$$"""
            {"apiVersion": "v1", "kind": "Config", "current-context": "operator",
             "clusters": [{"name": "test", "cluster": {"server": "{{{server}}}", "certificate-authority-data": "{{{authority}}}"}}],
             "users": [{"name": "operator", "user": {"token": "{{{token}}}"}}],
             "contexts": [{"name": "operator", "context": {"cluster": "test", "user": "operator"}}]}
            """);
    }
}
