using System.Text.Json.Serialization.Metadata;
using Firstline.Api.Meta;

namespace Firstline.Controllers.Ports;

/// <summary>The only way to write status: server-side apply on the status subresource, one field manager per controller.</summary>
public interface IStatusWriter
{
    /// <summary>Applies the part of the status that <paramref name="fieldManager"/> owns; what it applied before and leaves out now is removed.</summary>
    /// <param name="type">Kind of the object.</param>
    /// <param name="metadata">Name, namespace and UID of the object; a re-created object of the same name is not written to.</param>
    /// <param name="status">The part of the status that the manager owns, complete.</param>
    /// <param name="json">Its source-generated shape.</param>
    /// <param name="fieldManager">One of <see cref="Api.V1Alpha1.FieldManagers"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The resourceVersion that was written, or null when the object is gone.</returns>
    /// <exception cref="Kube.Leases.NotLeaderException">The lease is not ours now, and the manager is not <see cref="Api.V1Alpha1.FieldManagers.Detection"/>.</exception>
    Task<string?> ApplyAsync<TStatus>(
        ResourceType type, ObjectMeta metadata, TStatus status, JsonTypeInfo<TStatus> json, string fieldManager, CancellationToken cancellationToken);

    /// <summary>The same, but only when the object is still the one that was read: for lists that are merged with what the object held.</summary>
    /// <param name="type">Kind of the object.</param>
    /// <param name="read">Name, namespace, UID and resourceVersion of the object as it was read.</param>
    /// <param name="status">The part of the status that the manager owns, complete.</param>
    /// <param name="json">Its source-generated shape.</param>
    /// <param name="fieldManager">One of <see cref="Api.V1Alpha1.FieldManagers"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The resourceVersion that was written, or null when the object is gone.</returns>
    /// <exception cref="Kube.Leases.NotLeaderException">The lease is not ours now, and the manager is not <see cref="Api.V1Alpha1.FieldManagers.Detection"/>.</exception>
    /// <exception cref="Kube.Client.KubeException">Of kind Conflict: the object has changed, or is another of the same name. Read it again and merge again.</exception>
    Task<string?> ApplyUnchangedAsync<TStatus>(
        ResourceType type, ObjectMeta read, TStatus status, JsonTypeInfo<TStatus> json, string fieldManager, CancellationToken cancellationToken);
}
