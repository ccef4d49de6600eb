namespace Firstline.Kube.Config;

/// <summary>Turns the chosen context of a kubeconfig into access to its cluster.</summary>
internal static class KubeConfigReader
{
    public static ClusterAccess Access(MergedConfig config, KubeConfigOptions options)
    {
        if (!config.Names("contexts").Any())
        {
            throw new KubeConfigException($"{config.Source} holds no contexts: choose another kubeconfig, or add a cluster, a user and a context to it");
        }

        string name = options.Context ?? config.CurrentContext
            ?? throw new KubeConfigException($"{config.Source} has no current-context: name one of {Names(config, "contexts")}");
        ConfigNode context = Named(config, "contexts", name, "context") ?? throw Missing(config, "contexts", $"no context {name}");
        string clusterName = context.Required("cluster");
        ConfigNode cluster = Named(config, "clusters", clusterName, "cluster")
            ?? throw Missing(config, "clusters", $"no cluster {clusterName}, which context {name} names");
        return new ClusterAccess
        {
            Server = Server(cluster),
            Namespace = options.Namespace ?? context.Text("namespace") ?? "default",
            Source = $"{cluster.Source} (context {name})",
            TlsServerName = cluster.Text("tls-server-name"),
            IsInsecure = Insecure(cluster),
            Authorities = CertificateFiles.Authorities(cluster, options.Clock),
            Credentials = Credentials(config, context.Text("user"), name, cluster, options),
        };
    }

    private static Uri Server(ConfigNode cluster)
    {
        if (cluster.Has("proxy-url"))
        {
            throw cluster.Wrong("proxy-url", "is not supported: reach the API server directly or through a tunnel, and remove the field");
        }

        return Uri.TryCreate(cluster.Required("server"), UriKind.Absolute, out Uri? server) && server.Scheme is "http" or "https"
            ? server
            : throw cluster.Wrong("server", "must be a URL such as https://host:6443");
    }

    private static bool Insecure(ConfigNode cluster)
    {
        bool isInsecure = cluster.Flag("insecure-skip-tls-verify");
        return !isInsecure || (!cluster.Has("certificate-authority") && !cluster.Has("certificate-authority-data"))
            ? isInsecure
            : throw cluster.Wrong("insecure-skip-tls-verify", "contradicts the certificate authority beside it: remove one of the two");
    }

    private static ICredentials Credentials(MergedConfig config, string? userName, string context, ConfigNode cluster, KubeConfigOptions options)
    {
        if (userName is null)
        {
            return new StaticCredentials(Credential.Anonymous);
        }

        ConfigNode user = Named(config, "users", userName, "user") ?? throw Missing(config, "users", $"no user {userName}, which context {context} names");
        return UserReader.Credentials(user, userName, cluster, options);
    }

    private static ConfigNode? Named(MergedConfig config, string list, string name, string field)
    {
        ConfigNode? entry = config.Entry(list, name);
        return entry is null ? null : entry.Map(field) ?? throw entry.Wrong(field, "is missing: add it");
    }

    private static KubeConfigException Missing(MergedConfig config, string list, string what) =>
        new($"{config.Source} has {what}: it has {Names(config, list)}");

    private static string Names(MergedConfig config, string list) =>
        string.Join(", ", config.Names(list)) is { Length: > 0 } names ? names : $"no {list} at all";
}
