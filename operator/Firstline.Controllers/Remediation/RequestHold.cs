using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Lifecycle;
using Firstline.Kube;
using Firstline.Kube.Client;
using Firstline.Kube.Leases;

namespace Firstline.Controllers.Remediation;

/// <summary>Sets and takes away the finalizer of a request, by a patch that holds only for the version that was read, and only while the lease is surely ours.</summary>
public sealed class RequestHold(IKubeClient client, ILeadership leadership)
{
    /// <summary>Makes sure that the request can't vanish before its end is recorded.</summary>
    /// <returns>The request with it, in the version that was written; null when it is gone or about to go, so that nothing must be begun.</returns>
    /// <exception cref="NotLeaderException">The lease is not ours now.</exception>
    /// <exception cref="TransientException">The request has changed since it was read; a withdrawal or refusal may be among what has changed.</exception>
    public Task<RemediationRequest?> SetAsync(RemediationRequest request, CancellationToken ct) => PatchAsync(request, RequestFinalizer.With(request), ct);

    /// <summary>Lets the request go.</summary>
    /// <returns>The request without it, in the version that was written; null when it is gone.</returns>
    /// <exception cref="NotLeaderException">The lease is not ours now.</exception>
    /// <exception cref="TransientException">The request has changed since it was read.</exception>
    public Task<RemediationRequest?> ReleaseAsync(RemediationRequest request, CancellationToken ct) => PatchAsync(request, RequestFinalizer.Without(request), ct);

    // A list in a merge patch replaces the list: with the resourceVersion no finalizer of anybody else is lost.
    private async Task<RemediationRequest?> PatchAsync(RemediationRequest request, ImmutableArray<string> finalizers, CancellationToken ct)
    {
        JsonObject metadata = new()
        {
            ["uid"] = request.Metadata.Uid,
            ["resourceVersion"] = request.Metadata.ResourceVersion,
            ["finalizers"] = new JsonArray([.. finalizers.Select(static f => (JsonNode)f)]),
        };
        try
        {
            KubeResponse answer = await client.PatchAsync(
                RemediationRequest.Type, NamespacedName.Of(request.Metadata), Patch.Merge(new() { ["metadata"] = metadata }), ct,
                new WriteOptions { FieldManager = FieldManagers.Remediation, OnceWithin = leadership.EnsureLeader() });
            return request with { Metadata = request.Metadata with { Finalizers = finalizers, ResourceVersion = answer.Header.ResourceVersion } };
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.NotFound)
        {
            return null;
        }
        catch (KubeException e) when (e.Kind is KubeErrorKind.Conflict or KubeErrorKind.Invalid)
        {
            // Invalid: the API server adds no finalizer to what is being deleted.
            throw new TransientException($"remediationrequest {NamespacedName.Of(request.Metadata)} changed between reading and writing; it is read again", e);
        }
    }
}
