using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Kube.Client;
using Firstline.Kube.Leases;

namespace Firstline.Controllers.Status;

/// <summary>The single funnel for status: server-side apply on the status subresource, one field manager per controller.</summary>
/// <remarks>
/// The client notes each write, so that a key is not reconciled again on a cache that has not seen it. Only the leader writes, but for the signals of incidents: each
/// replica stores what its webhook is told, merged on the version that it read.
/// </remarks>
public sealed class StatusWriter(IKubeClient client, ILeadership leadership) : IStatusWriter
{
    /// <inheritdoc/>
    /// <exception cref="StatusRefusedException">The status does not fit the schema, or the object would be too large.</exception>
    /// <exception cref="NotLeaderException">The lease is not ours now.</exception>
    /// <exception cref="KubeException">Anything else that the API server answers; most pass with a retry.</exception>
    public Task<string?> ApplyAsync<TStatus>(
        ResourceType type, ObjectMeta metadata, TStatus status, JsonTypeInfo<TStatus> json, string fieldManager, CancellationToken cancellationToken) =>
        SendAsync(type, metadata, Body(type, metadata, null, status, json), fieldManager, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="StatusRefusedException">The status does not fit the schema, or the object would be too large.</exception>
    /// <exception cref="NotLeaderException">The lease is not ours now.</exception>
    public Task<string?> ApplyUnchangedAsync<TStatus>(
        ResourceType type, ObjectMeta read, TStatus status, JsonTypeInfo<TStatus> json, string fieldManager, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        string version = read.ResourceVersion is { Length: > 0 } known
            ? known
            : throw new ArgumentException($"{type.Kind} {NamespacedName.Of(read)} has no resourceVersion; pass the object as it was read", nameof(read));
        return SendAsync(type, read, Body(type, read, version, status, json), fieldManager, cancellationToken);
    }

    private async Task<string?> SendAsync(ResourceType type, ObjectMeta metadata, byte[] body, string fieldManager, CancellationToken cancellationToken)
    {
        NamespacedName key = NamespacedName.Of(metadata);
        TimeSpan? grace = fieldManager == FieldManagers.Detection ? null : leadership.EnsureLeader();
        WriteOptions options = new() { FieldManager = fieldManager, Subresource = "status", OnceWithin = grace };
        try
        {
            KubeResponse answer = await client.ApplyAsync(type, key, body, cancellationToken, options);

            // The status subresource ignores a UID in the body, so that a re-created object shows only in the answer.
            return metadata.Uid is null || answer.Header.Uid == metadata.Uid ? answer.Header.ResourceVersion : null;
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.NotFound)
        {
            return null;
        }
        catch (KubeException e) when (e.Kind is KubeErrorKind.Invalid or KubeErrorKind.BadRequest or KubeErrorKind.RequestEntityTooLarge)
        {
            throw new StatusRefusedException($"the status of {type.Kind} {key} was refused: {e.Message}", e);
        }
    }

    private static byte[] Body<TStatus>(ResourceType type, ObjectMeta metadata, string? version, TStatus status, JsonTypeInfo<TStatus> json)
    {
        JsonObject name = new() { ["name"] = metadata.Name };
        if (metadata.Namespace is { } ns)
        {
            name["namespace"] = ns;
        }

        if (version is not null)
        {
            name["resourceVersion"] = version;   // a re-created object has another one, so that it is never written to
        }

        JsonObject body = new()
        {
            ["apiVersion"] = type.ApiVersion,
            ["kind"] = type.Kind,
            ["metadata"] = name,
            ["status"] = JsonSerializer.SerializeToNode(status, json),
        };
        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }
}
