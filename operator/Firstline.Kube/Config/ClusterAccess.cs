using System.Security.Cryptography.X509Certificates;

namespace Firstline.Kube.Config;

/// <summary>All that is needed to talk to one API server.</summary>
public sealed class ClusterAccess
{
    /// <summary>Where it listens; a path before <c>/api</c> is kept.</summary>
    public required Uri Server { get; init; }

    /// <summary>Namespace of requests that name none.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Where this comes from, as messages name it: <c>the kubeconfig /home/a/.kube/config (context dev)</c>.</summary>
    public string Source { get; init; } = "the configuration";

    /// <summary>Name that the server's certificate must carry instead of the host of <see cref="Server"/>; null for the host.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>Reads the authorities that may have signed the server's certificate, at each connect; null trusts the machine's.</summary>
    public Func<X509Certificate2Collection>? Authorities { get; init; }

    /// <summary>True when the kubeconfig says, in so many words, to trust any certificate.</summary>
    public bool IsInsecure { get; init; }

    public ICredentials Credentials { get; init; } = new StaticCredentials(Credential.Anonymous);
}
