namespace Firstline.Api.Meta;

/// <summary>An object with type and metadata, as every Kubernetes resource is.</summary>
public interface IResource
{
    /// <summary>Group and version, such as <c>firstline.dev/v1alpha1</c>.</summary>
    string ApiVersion { get; }

    /// <summary>Kind, such as <c>Incident</c>.</summary>
    string Kind { get; }

    /// <summary>Name, namespace, identity and labels.</summary>
    ObjectMeta Metadata { get; }
}
