using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Gates;

/// <summary>Closed while the policy is suspended.</summary>
public sealed class KillSwitchGate : IGate
{
    /// <inheritdoc/>
    public string Name => "KillSwitch";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now) => input.Policy switch
    {
        null => this.Closed(GateReasons.PolicyMissing, "without a policy it can't be told whether remediation is suspended"),
        { Suspended: true } policy => this.Closed(
            GateReasons.Suspended,
            $"remediation is suspended in RemediationPolicy {RemediationPolicy.DefaultName}{(policy.SuspendedReason is { Length: > 0 } why ? $": {why}" : "")}",
            "suspended: true", "suspended: false"),
        _ => this.Open("remediation is not suspended"),
    };
}
