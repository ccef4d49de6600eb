namespace Firstline.Kube.Config;

/// <summary>Finds the cluster to talk to, as kubectl does.</summary>
public static class KubeConfig
{
    /// <summary>Reads the configuration. Tokens, certificates and authorities that are files are read again when they change.</summary>
    /// <exception cref="KubeConfigException">Nothing is configured, or something in it is wrong: one sentence that says what to do.</exception>
    public static ClusterAccess Load(KubeConfigOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Path is { Length: > 0 } path)
        {
            return KubeConfigReader.Access(new MergedConfig([ConfigFile.Read(path)]), options);
        }

        if (options.Environment("KUBECONFIG") is { Length: > 0 } list)
        {
            return KubeConfigReader.Access(MergedConfig.OfList(list), options);
        }

        string usual = Path.Combine(options.Environment("HOME") ?? options.Environment("USERPROFILE") ?? ".", ".kube", "config");
        if (File.Exists(usual))
        {
            return KubeConfigReader.Access(new MergedConfig([ConfigFile.Read(usual)]), options);
        }

        return InClusterConfig.Find(options) ?? throw new KubeConfigException(
            $"no cluster is configured: set KUBECONFIG or write {usual}; this is not a pod with a service account either");
    }
}
