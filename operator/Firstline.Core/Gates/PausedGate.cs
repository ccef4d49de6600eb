using Firstline.Api.V1Alpha1;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Closed while the target or its namespace carries the annotation firstline.dev/paused=true.</summary>
public sealed class PausedGate : IGate
{
    /// <inheritdoc/>
    public string Name => "Paused";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        if (input.Situation is not { } situation)
        {
            return this.Closed(GateReasons.TargetUnknown, $"{input.Request.Spec.Plan.Target} can't be seen, so it can't be told whether it is paused");
        }

        TargetRef target = input.Request.Spec.Plan.Target;
        if (situation.NamespacePaused)
        {
            return Paused($"namespace {target.Namespace ?? input.Request.Metadata.Namespace}");
        }

        // Only the value "false" takes a pause back: a value that nobody can read fails closed.
        return PlannedTarget.Of(target, situation).Annotations.TryGetValue(AnnotationNames.Paused, out string? value) && value != "false"
            ? Paused(target.ToString())
            : this.Open("neither the target nor its namespace is paused");
    }

    private GateVerdict Paused(string what) =>
        this.Closed(GateReasons.Paused, $"{what} carries annotation {AnnotationNames.Paused}; remove it to let it be changed", "paused", "not paused");
}
