using Firstline.Kube.Client;

namespace Firstline.Cli.Cluster;

/// <summary>How the command line talks to a cluster.</summary>
internal static class ClusterClient
{
    /// <summary>A person waits for the answer: fail soon rather than try for long.</summary>
    public static readonly KubeClientOptions Options = new()
    {
        UserAgent = "firstline-cli",
        FieldManager = "firstline-cli",
        MaxRetries = 1,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        RequestTimeout = TimeSpan.FromSeconds(10),
    };
}
