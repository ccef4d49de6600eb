namespace Firstline.Api.V1Alpha1;

/// <summary>What the operator may do. Ordered from the strictest; the strictest of policy, namespace and runbook wins.</summary>
public enum OperatingMode
{
    /// <summary>Records what it would have done.</summary>
    Observe,

    /// <summary>Prepares every remediation for approval (always L2).</summary>
    Suggest,

    /// <summary>Runs L1 remediations by itself.</summary>
    Auto,
}
