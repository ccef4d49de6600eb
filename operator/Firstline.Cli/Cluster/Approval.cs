using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Kube.Client;

namespace Firstline.Cli.Cluster;

/// <summary>Approves as a person would with <c>kubectl annotate</c>.</summary>
internal static class Approval
{
    /// <summary>Sets the annotation, as <c>kubectl annotate</c> would.</summary>
    /// <param name="client">A connection as the user.</param>
    /// <param name="shown">The request as the user saw it: what was shown is what is approved.</param>
    /// <param name="user">The user's own name.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="CommandException">It is over; there is nothing to approve.</exception>
    public static Task<KubeResponse> GiveAsync(IKubeClient client, RemediationRequest shown, string user, CancellationToken ct)
    {
        NamespacedName key = NamespacedName.Of(shown.Metadata);
        if (shown.Status?.Outcome is { } outcome)
        {
            throw new CommandException($"{key} is over ({outcome}); there is nothing to approve") { ExitCode = ExitCodes.Failed };
        }

        // The plan cannot change, so that the UID is precondition enough; the status goes on changing meanwhile.
        JsonObject patch = new()
        {
            ["metadata"] = new JsonObject
            {
                ["uid"] = shown.Metadata.Uid,
                ["annotations"] = new JsonObject { [AnnotationNames.Approved] = user },
            },
        };
        return client.PatchAsync(RemediationRequest.Type, key, Patch.Merge(patch), ct);
    }
}
