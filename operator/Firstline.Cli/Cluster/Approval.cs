using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Kube.Client;

namespace Firstline.Cli.Cluster;

/// <summary>Approves as a person would with <c>kubectl annotate</c>.</summary>
internal static class Approval
{
    /// <summary>Sets the annotation, as <c>kubectl annotate</c> would; refuses a request that is over or approved already.</summary>
    /// <exception cref="CommandException">There is nothing to approve.</exception>
    public static async Task<RemediationRequest> GiveAsync(IKubeClient client, NamespacedName key, string user, CancellationToken ct)
    {
        RemediationRequest request = await client.GetAsync(RemediationRequest.Type, key, FirstlineJson.RemediationRequest, ct);
        if (request.Status?.Outcome is { } outcome)
        {
            throw new CommandException($"{key} is over ({outcome}); there is nothing to approve") { ExitCode = ExitCodes.Failed };
        }

        // The resourceVersion makes sure that what was shown is what is approved.
        JsonObject patch = new()
        {
            ["metadata"] = new JsonObject
            {
                ["resourceVersion"] = request.Metadata.ResourceVersion,
                ["annotations"] = new JsonObject { [AnnotationNames.Approved] = user },
            },
        };
        return (await client.PatchAsync(RemediationRequest.Type, key, Patch.Merge(patch), ct)).Read(FirstlineJson.RemediationRequest);
    }
}
