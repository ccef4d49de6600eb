using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Firstline.Kube.Config;

/// <summary>Where to look for the cluster; by default as kubectl does.</summary>
public sealed record KubeConfigOptions
{
    /// <summary>A kubeconfig file; null takes <c>KUBECONFIG</c> (several files, merged), then <c>~/.kube/config</c>, then the pod's service account.</summary>
    public string? Path { get; init; }

    /// <summary>Context to use; null takes the file's <c>current-context</c>.</summary>
    public string? Context { get; init; }

    /// <summary>Namespace of requests that name none; null takes the context's.</summary>
    public string? Namespace { get; init; }

    /// <summary>Longest time for an exec plugin to answer.</summary>
    public TimeSpan ExecTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Source of time: when files are looked at again and credentials expire.</summary>
    public required TimeProvider Clock { get; init; }

    public ILogger Log { get; init; } = NullLogger.Instance;

    /// <summary>Reads environment variables.</summary>
    internal Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Where a pod finds its service account.</summary>
    internal string ServiceAccountFolder { get; init; } = "/var/run/secrets/kubernetes.io/serviceaccount";
}
