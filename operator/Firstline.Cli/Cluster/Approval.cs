using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Kube.Client;

namespace Firstline.Cli.Cluster;

/// <summary>Approves as a person would with <c>kubectl annotate</c>.</summary>
internal static class Approval
{
    private const int MaxGroups = 16;

    /// <summary>Sets the annotation, as <c>kubectl annotate</c> would.</summary>
    /// <param name="client">A connection as the user.</param>
    /// <param name="shown">The request as the user saw it: what was shown is what is approved.</param>
    /// <param name="user">The user's own name.</param>
    /// <param name="groups">The user's own groups, by which the operator tells later whether the right is still there.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="CommandException">It is over; there is nothing to approve.</exception>
    public static Task<KubeResponse> GiveAsync(IKubeClient client, RemediationRequest shown, string user, IEnumerable<string> groups, CancellationToken ct)
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
                ["annotations"] = new JsonObject { [AnnotationNames.Approved] = user, [AnnotationNames.ApprovedGroups] = Groups(groups) },
            },
        };
        return client.PatchAsync(RemediationRequest.Type, key, Patch.Merge(patch), ct);
    }

    // Everybody is in the groups of the system, so that no right comes from them alone. None at all takes away what another approver named.
    private static string? Groups(IEnumerable<string> groups) =>
        groups.Where(static g => !g.StartsWith("system:", StringComparison.Ordinal) && !g.Contains(',', StringComparison.Ordinal)).Take(MaxGroups).ToArray() is { Length: > 0 } own
            ? string.Join(',', own)
            : null;
}
