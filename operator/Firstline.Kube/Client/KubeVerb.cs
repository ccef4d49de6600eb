namespace Firstline.Kube.Client;

/// <summary>What a request does, in the words of Kubernetes authorization.</summary>
public enum KubeVerb
{
    Get,
    List,
    Watch,
    Create,
    Update,
    Patch,

    /// <summary>Server-side apply: a patch that can be repeated without harm.</summary>
    Apply,
    Delete,
}
