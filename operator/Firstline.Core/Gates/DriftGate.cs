using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Refuses a plan whose target was replaced or changed since it was made.</summary>
public sealed class DriftGate : IGate
{
    /// <inheritdoc/>
    public string Name => "Drift";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        RemediationPlan plan = input.Request.Spec.Plan;
        if (input.Situation is not { } situation)
        {
            return this.Closed(GateReasons.TargetUnknown, $"{plan.Target} can't be seen");
        }

        PlannedTarget target = PlannedTarget.Of(plan.Target, situation);
        if (target.Ref.Uid != plan.Target.Uid || !target.Exists)
        {
            return this.Refused(GateReasons.TargetReplaced, $"{plan.Target} was deleted or made again since the plan was made", target.Ref.Uid ?? "gone", plan.Target.Uid);
        }

        // Once a step was sent the executor compares with what that step left behind, on a fresh read.
        if (input.HasBegun)
        {
            return this.Open("the target is the same object");
        }

        return target.Generation != plan.TargetGeneration || target.ContentHash != plan.TargetContentHash
            ? this.Refused(GateReasons.TargetChanged, $"{plan.Target} was changed since the plan was made", Version(target.Generation, target.ContentHash),
                Version(plan.TargetGeneration, plan.TargetContentHash))
            : this.Open("the target is as it was when the plan was made", Version(target.Generation, target.ContentHash));
    }

    private static string Version(long generation, string? contentHash) =>
        contentHash is null ? string.Create(CultureInfo.InvariantCulture, $"generation {generation}") : $"content {contentHash[..Math.Min(12, contentHash.Length)]}";
}
