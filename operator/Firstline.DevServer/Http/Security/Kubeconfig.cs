using System.Collections.Immutable;
using System.Text;

namespace Firstline.DevServer.Http.Security;

/// <summary>Writes the file that <c>KUBECONFIG</c> points to: one cluster, one context per user.</summary>
internal static class Kubeconfig
{
    private const string Cluster = "firstline-dev";

    /// <param name="server">Address.</param>
    /// <param name="authorityPem">Null for plain HTTP.</param>
    /// <param name="users">Users with tokens; contexts bear their names.</param>
    /// <param name="current">User of the current context.</param>
    public static string Format(Uri server, string? authorityPem, ImmutableArray<DevUser> users, DevUser current)
    {
        StringBuilder text = new();
        text.Append("apiVersion: v1\nkind: Config\nclusters:\n- name: ").Append(Cluster).Append("\n  cluster:\n    server: ").Append(server.ToString().TrimEnd('/')).Append('\n');
        if (authorityPem is not null)
        {
            text.Append("    certificate-authority-data: ").Append(Convert.ToBase64String(Encoding.ASCII.GetBytes(authorityPem))).Append('\n');
        }

        text.Append("users:\n");
        foreach (DevUser user in users)
        {
            text.Append("- name: ").Append(Quoted(user.Name)).Append("\n  user:\n    token: ").Append(Quoted(user.Token ?? "")).Append('\n');
        }

        text.Append("contexts:\n");
        foreach (DevUser user in users)
        {
            text.Append("- name: ").Append(Quoted(user.Name)).Append("\n  context:\n    cluster: ").Append(Cluster)
                .Append("\n    user: ").Append(Quoted(user.Name)).Append("\n    namespace: default\n");
        }

        return text.Append("current-context: ").Append(Quoted(current.Name)).Append('\n').ToString();
    }

    private static string Quoted(string text) => System.Text.Json.Nodes.JsonValue.Create(text).ToJsonString();
}
