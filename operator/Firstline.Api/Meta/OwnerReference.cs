namespace Firstline.Api.Meta;

/// <summary>An entry of <c>metadata.ownerReferences</c>: deleting the owner deletes the owned object.</summary>
public sealed record OwnerReference
{
    /// <summary>Group and version of the owner, such as <c>apps/v1</c>.</summary>
    public string ApiVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Kind of the owner.</summary>
    public string Kind { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the owner; same namespace, or cluster-scoped.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>UID of the owner.</summary>
    public string Uid { get; init => field = value ?? ""; } = "";

    /// <summary>True on the one owner that manages the object.</summary>
    public bool? Controller { get; init; }

    /// <summary>True when foreground deletion of the owner waits for this object.</summary>
    public bool? BlockOwnerDeletion { get; init; }
}
