using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Controllers.Ports;

/// <summary>Asks the API server whether approvers may still approve.</summary>
public interface IApproverRights
{
    /// <summary>By user name, whether each holds the verb approve on the request now; null when it can't be told.</summary>
    /// <param name="request">The request.</param>
    /// <param name="approvals">The last word of each approver, with the groups that they named.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<ImmutableDictionary<string, bool>?> OfAsync(RemediationRequest request, IEnumerable<ApprovalRecord> approvals, CancellationToken cancellationToken);
}
