namespace Firstline.Kube.Client;

/// <summary>
/// A connection to one API server. The verbs are extension methods over these two: <see cref="KubeReads"/> (get, find, list, logs)
/// and <see cref="KubeWrites"/> (create, apply, patch, delete, scale, evict).
/// </summary>
public interface IKubeClient
{
    /// <summary>Owner of the fields of writes that name none.</summary>
    string FieldManager { get; }

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <exception cref="KubeException">Anything but success.</exception>
    Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct);

    /// <summary>Sends a request and hands out the answer as it comes; the caller disposes it. For watches and large lists.</summary>
    /// <exception cref="KubeException">Anything but success.</exception>
    Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct);
}
