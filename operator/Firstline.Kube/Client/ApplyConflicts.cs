namespace Firstline.Kube.Client;

/// <summary>What a server-side apply does where another field manager owns a field that it sets to something else.</summary>
public enum ApplyConflicts
{
    /// <summary>Takes the field over; what the Kubernetes documentation recommends for controllers.</summary>
    Force,

    /// <summary>Fails with <see cref="KubeErrorKind.Conflict"/> that names the other manager.</summary>
    Refuse,
}
