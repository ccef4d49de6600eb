using Firstline.Core.Planning;

namespace Firstline.Controllers.Ports;

/// <summary>Tells whether the API server makes sure that approvers may approve, and sign with their own name.</summary>
public interface IApprovalIdentitySource
{
    /// <summary>Whether it does as far as is known now, for requests, runbooks and authors; to ask costs nothing.</summary>
    ApprovalIdentities Current { get; }
}
