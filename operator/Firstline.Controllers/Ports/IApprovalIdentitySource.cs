using Firstline.Core.Planning;

namespace Firstline.Controllers.Ports;

/// <summary>Tells whether the API server makes sure that approvers may approve, and sign with their own name.</summary>
public interface IApprovalIdentitySource
{
    /// <summary>Whether it does, for requests and for runbooks.</summary>
    Task<ApprovalIdentities> GetAsync(CancellationToken cancellationToken);
}
