using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Gates;

/// <summary>Refuses a request that reaches out of its own namespace, in its target or in any of its changes.</summary>
public sealed class NamespaceGate : IGate
{
    /// <inheritdoc/>
    public string Name => "Namespace";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        if (input.OperatorNamespace is not { Length: > 0 } own)
        {
            return this.Closed(GateReasons.OutsideNamespace, "it is not known which namespace is the operator's own, from which alone objects of the cluster are changed");
        }

        string home = input.Request.Metadata.Namespace ?? "";
        string? outside = input.Request.Spec.Plan.Steps
            .SelectMany(static s => s.Forward.Concat(s.Inverse))
            .Select(static m => m.Target)
            .Prepend(input.Request.Spec.Plan.Target)
            .Select(t => TargetScope.WhyOutside(t, home, own))
            .FirstOrDefault(static why => why is not null);
        return outside is null
            ? this.Open($"all that it changes may be changed from namespace {home}")
            : this.Refused(GateReasons.OutsideNamespace, outside);
    }
}
