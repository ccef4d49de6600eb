using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Gates;

/// <summary>Closed while there is no policy: without limits nothing is changed.</summary>
public sealed class PolicyGate : IGate
{
    /// <inheritdoc/>
    public string Name => "Policy";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now) =>
        input.Policy is null
            ? this.Closed(GateReasons.PolicyMissing, $"there is no RemediationPolicy named {RemediationPolicy.DefaultName}; apply one to let anything be changed", "none", "1 policy")
            : this.Open($"RemediationPolicy {RemediationPolicy.DefaultName} is in force");
}
