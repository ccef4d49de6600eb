using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Gates;

/// <summary>Closed unless this process surely holds the lease: two operators never change the same thing.</summary>
public sealed class LeadershipGate : IGate
{
    /// <inheritdoc/>
    public string Name => "Leadership";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now) =>
        input.IsLeader == true
            ? this.Open("this operator holds the lease")
            : this.Closed(GateReasons.NotLeader, "this operator does not hold the lease, or can't tell", input.IsLeader is null ? "unknown" : "not held", "held");
}
