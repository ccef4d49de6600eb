using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Planning;

/// <summary>Whether the API server vouches for who approved, by kind of object.</summary>
/// <param name="OfRequests">For RemediationRequests; null when it can't be told, which counts as not.</param>
/// <param name="OfRunbooks">For Runbook revisions; null when it can't be told, which counts as not.</param>
/// <param name="OfAuthors">For the authors of Incidents and Runbooks; null when it can't be told, which counts as not.</param>
public sealed record ApprovalIdentities(ApprovalIdentity? OfRequests, ApprovalIdentity? OfRunbooks, ApprovalIdentity? OfAuthors)
{
    /// <summary>Nothing is known: nothing is believed.</summary>
    public static readonly ApprovalIdentities Unknown = new(null, null, null);
}
