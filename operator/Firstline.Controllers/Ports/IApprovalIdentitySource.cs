using Firstline.Api.V1Alpha1;

namespace Firstline.Controllers.Ports;

/// <summary>Tells whether the API server makes sure that approvers sign with their own name.</summary>
public interface IApprovalIdentitySource
{
    /// <summary>Whether it does; null when it can't be told, which counts as not.</summary>
    Task<ApprovalIdentity?> GetAsync(CancellationToken cancellationToken);
}
