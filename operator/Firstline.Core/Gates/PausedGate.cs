using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Closed while the target, its namespace or the runbook carries the annotation or label firstline.dev/paused with any value but false.</summary>
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

        // A runbook that is gone is the business of the mode.
        if (input.Runbook?.Metadata is { } runbook && PauseMark.IsSet(runbook.Annotations, runbook.Labels))
        {
            return Paused($"runbook {runbook.Name} in namespace {runbook.Namespace}");
        }

        return PlannedTarget.Of(target, situation).IsPaused
            ? Paused(target.ToString())
            : this.Open("neither the target nor its namespace nor the runbook is paused");
    }

    private GateVerdict Paused(string what) =>
        this.Closed(GateReasons.Paused, $"{what} carries {AnnotationNames.Paused}; remove that annotation or label, or set it to false, to let it be changed", "paused", "not paused");
}
