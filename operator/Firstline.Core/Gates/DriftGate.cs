using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;
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

        // Once a step was done the executor compares with what that step left behind, on a fresh read.
        return Progress.HasFinishedStep(input.Request) ? this.Open("the target is the same object") : Crowded(plan, situation) ?? Compare(plan, target);
    }

    // What runs is no part of the content that is compared: a lower bound would stop, all at once, what came since.
    private GateVerdict? Crowded(RemediationPlan plan, Situation situation) =>
        situation.Autoscaler is { } scaler && AdjustHpaAction.MostAfter(plan) is { } most && scaler.Current > most
            ? this.Refused(
                GateReasons.TargetChanged, string.Create(CultureInfo.InvariantCulture, $"{plan.Target} runs {scaler.Current} replicas by now, more than the {most} that the plan leaves it"),
                Counted.Of(scaler.Current, "replica"), Counted.Of(most, "replica"))
            : null;

    private GateVerdict Compare(RemediationPlan plan, PlannedTarget target)
    {
        bool hasGeneration = plan.TargetGeneration > 0;
        string seen = Version(target.Generation, hasGeneration ? null : target.ContentHash), wanted = Version(plan.TargetGeneration, hasGeneration ? null : plan.TargetContentHash);
        return IsScaledAlone(target, plan) ? this.Open("only the replicas of the target moved since the plan was made", seen, wanted)
            : target.Generation != plan.TargetGeneration || (!hasGeneration && target.ContentHash != plan.TargetContentHash)
                ? this.Refused(GateReasons.TargetChanged, $"{plan.Target} was changed since the plan was made", seen, wanted)
                : this.Open("the target is as it was when the plan was made", seen);
    }

    /// <summary>True when an autoscaler, or <c>kubectl scale</c>, moved the replicas since the plan was made, and nothing else was changed.</summary>
    internal static bool IsScaledAlone(PlannedTarget target, RemediationPlan plan) =>
        target.Generation != plan.TargetGeneration && plan is { TargetGeneration: > 0, TargetContentHash: { } planned } && target.ScaledContentHash == planned && !Scaling.IsPlanned(plan);

    private static string Version(long generation, string? contentHash) =>
        contentHash is null ? string.Create(CultureInfo.InvariantCulture, $"generation {generation}") : $"content {contentHash[..Math.Min(12, contentHash.Length)]}";
}
