using System.Collections.Immutable;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Remediation;
using Firstline.Core.Actions;

namespace Firstline.Controllers;

/// <summary>All that the operator must be allowed to do beside the actions; <c>make generate</c> writes the role from it.</summary>
public static class ControllerPermissions
{
    /// <summary>The permissions, each with its reason.</summary>
    public static readonly ImmutableArray<RbacRule> All =
    [
        .. ObservationPermissions.All,
        .. RemediationPermissions.All,
        new("coordination.k8s.io", "leases", ["get", "watch", "create", "patch"], "one operator leads; the others wait"),
    ];
}
