using Firstline.Api.V1Alpha1;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Closed while another request changes or verifies the same target. The lock is that request's own status, so it can't outlive it.</summary>
public sealed class TargetLockGate : IGate
{
    /// <inheritdoc/>
    public string Name => "TargetLock";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        if (input.Others is not { } others)
        {
            return this.Closed(GateReasons.RequestsUnknown, "the other requests can't be listed");
        }

        RemediationRequest? holder = others.FirstOrDefault(r => Progress.IsUnderWay(r) && Progress.HaveSameTarget(r, input.Request));
        return holder is null
            ? this.Open("no other request is at work on the target")
            : this.Closed(GateReasons.TargetLocked, $"request {holder.Metadata.Name} is at work on {input.Request.Spec.Plan.Target}", holder.Metadata.Name, "none");
    }
}
