using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Refuses a request that reaches out of its own namespace, in its target, in any of its changes or in a pod that it evicts.</summary>
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
        // Whoever may empty a node may end the pods on it, wherever they belong.
        string? outside = TouchedObjects.Of(input.Request).Select(t => TargetScope.WhyOutside(t.Node ?? t.Ref, home, own)).FirstOrDefault(static why => why is not null);
        return outside is null
            ? this.Open($"all that it changes may be changed from namespace {home}")
            : this.Refused(GateReasons.OutsideNamespace, outside);
    }
}
