using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Kube.Client;
using Microsoft.Extensions.Logging;

namespace Firstline.Controllers.Remediation;

/// <summary>Asks by SubjectAccessReview: nothing is remembered, so that a right that was withdrawn counts no more at the next look.</summary>
public sealed partial class AccessReviews(IKubeClient client, ILogger<AccessReviews> log) : IApproverRights
{
    private static readonly ResourceType Reviews =
        new("authorization.k8s.io", "v1", "SubjectAccessReview", "subjectaccessreviews", ResourceScope.Cluster);

    private readonly ILogger _log = log;
    private string? _logged;   // once, and not for each approval every minute

    /// <inheritdoc/>
    public async Task<ImmutableDictionary<string, bool>?> OfAsync(RemediationRequest request, IEnumerable<ApprovalRecord> approvals, CancellationToken cancellationToken)
    {
        ImmutableDictionary<string, bool>.Builder rights = ImmutableDictionary.CreateBuilder<string, bool>(StringComparer.Ordinal);
        try
        {
            foreach (ApprovalRecord approval in approvals)
            {
                KubeResponse answer = await client.CreateAsync(Reviews, "", Encoding.UTF8.GetBytes(Question(request, approval).ToJsonString()), cancellationToken);
                rights[approval.User] = answer.ReadTree()["status"]?["allowed"] is JsonValue value && value.TryGetValue(out bool allowed) && allowed;
            }
        }
        catch (KubeException e)
        {
            if (e.Message != _logged)
            {
                LogUnknown(e.Message);
            }

            _logged = e.Message;
            return null;   // not allowed to ask, or the server is away: it can't be told, and what can't be told does not count
        }

        _logged = null;
        return rights.ToImmutable();
    }

    private static JsonObject Question(RemediationRequest request, ApprovalRecord approval) => new()
    {
        ["apiVersion"] = Reviews.ApiVersion,
        ["kind"] = Reviews.Kind,
        ["spec"] = new JsonObject
        {
            ["user"] = approval.User,
            ["groups"] = new JsonArray([.. approval.Groups.Append("system:authenticated").Select(static g => (JsonNode)g)]),
            ["resourceAttributes"] = new JsonObject
            {
                ["verb"] = "approve",
                ["group"] = GroupVersion.Group,
                ["version"] = GroupVersion.Version,
                ["resource"] = RemediationRequest.Type.Plural,
                ["namespace"] = request.Metadata.Namespace,
                ["name"] = request.Metadata.Name,
            },
        },
    };

    [LoggerMessage(3401, LogLevel.Warning, "It can't be told whether approvers may approve: {Reason}")]
    private partial void LogUnknown(string reason);
}
