using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Planning;
using Firstline.Core.Facts;

namespace Firstline.Core.Gates;

/// <summary>Closed to a plan that may stop more of the pods that are ready now than the policy and the runbook allow.</summary>
public sealed class BlastRadiusGate : IGate
{
    private const int DefaultPercent = 34;
    private const int DefaultPods = 10;

    /// <inheritdoc/>
    public string Name => "BlastRadius";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        if (input.Policy is not { } policy)
        {
            return this.Closed(GateReasons.PolicyMissing, "without a policy the limit is not known");
        }

        if (input.Situation is not { } situation)
        {
            return this.Closed(GateReasons.TargetUnknown, $"{input.Request.Spec.Plan.Target} can't be seen");
        }

        PlannedTarget target = PlannedTarget.Of(input.Request.Spec.Plan.Target, situation);
        int ready = Ready(input.Request, target, situation);
        int allowed = Allowed(policy.Limits, input.Request.Spec.Limits, ready);
        int disrupted = Disrupted(input.Request.Spec.Plan, target, situation);
        string observed = ready == 0 && disrupted == 0 ? "no pod, since none is ready"
            : string.Create(CultureInfo.InvariantCulture, $"{disrupted} of {Counted.Of(ready, "ready pod")}");
        string limit = Counted.Of(allowed, "pod");
        return disrupted <= allowed
            ? this.Open($"the plan may stop {observed}", observed, limit)
            : this.Closed(GateReasons.BlastRadiusExceeded, $"the plan may stop {observed}; {limit} {Counted.Noun(allowed, "is", "are")} allowed", observed, limit);
    }

    // Evictions under way are what took pods away: they are judged by what was ready when they were planned, or each would close the gate to the next.
    private static int Ready(RemediationRequest request, PlannedTarget target, Situation situation) =>
        situation.Node is not null && Progress.IsUnderWay(request) ? Math.Max(target.ReadyPods, request.Spec.Plan.BlastRadius.ReadyPods) : target.ReadyPods;

    // A rollout of a workload that was scaled up since may stop more pods than were counted when it was planned.
    internal static int Disrupted(RemediationPlan plan, PlannedTarget target, Situation situation) =>
        situation.Workload is { } workload && DriftGate.IsScaledAlone(target, plan) && Rollouts.ArePlanned(plan.Steps)
            ? Math.Max(plan.BlastRadius.DisruptedPods, Workloads.PodsStoppedByRollout(workload))
            : plan.BlastRadius.DisruptedPods;

    private static int Allowed(PolicyLimits policy, RunbookLimits runbook, int ready)
    {
        int percent = Math.Min(policy.MaxDisruptedPercent ?? DefaultPercent, runbook.MaxDisruptedPercent ?? 100);
        int pods = Math.Min(policy.MaxDisruptedPods ?? DefaultPods, runbook.MaxDisruptedPods ?? int.MaxValue);
        return Math.Min((int)((long)ready * percent / 100), pods);
    }
}
