namespace Firstline.Api.Meta;

/// <summary>Where objects of a kind live.</summary>
public enum ResourceScope
{
    /// <summary>In a namespace.</summary>
    Namespaced,

    /// <summary>Beside namespaces.</summary>
    Cluster,
}
