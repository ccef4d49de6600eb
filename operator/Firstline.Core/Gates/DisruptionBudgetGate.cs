using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Closed to a plan that may stop more ready pods at once than a PodDisruptionBudget of the workload leaves room for.</summary>
/// <remarks>The API server asks budgets for evictions alone, and before each of them; a rollout and a deletion go past them.</remarks>
public sealed class DisruptionBudgetGate : IGate
{
    /// <inheritdoc/>
    public string Name => "DisruptionBudget";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        RemediationPlan plan = input.Request.Spec.Plan;
        if (input.Situation is not { } situation)
        {
            return this.Closed(GateReasons.TargetUnknown, $"{plan.Target} can't be seen");
        }

        if (input.HasBegun)
        {
            return this.Open("what it began is finished");
        }

        int disrupted = BlastRadiusGate.Disrupted(plan, PlannedTarget.Of(plan.Target, situation), situation);
        return disrupted == 0 ? this.Open("the plan stops no ready pod")
            : plan.Steps.SelectMany(static s => s.Forward).All(static m => m.Target.Kind == "Node" || m.Verb == MutationVerb.Evict) ? this.Open("each eviction asks the budget of its pod")
            : situation.Budgets is not { } budgets ? this.Closed(GateReasons.DisruptionBudgetUnknown, $"which PodDisruptionBudgets {plan.Target} has can't be told")
            : Judge(disrupted, budgets);
    }

    private GateVerdict Judge(int disrupted, ImmutableArray<BudgetFacts> budgets)
    {
        string observed = Counted.Of(disrupted, "ready pod");
        if (budgets.MinBy(static b => b.Allowed) is not { } tightest)
        {
            return this.Open("no PodDisruptionBudget selects its pods", observed);
        }

        string limit = string.Create(CultureInfo.InvariantCulture, $"{Counted.Of(tightest.Allowed, "disruption")} by {tightest.Ref}");
        return disrupted <= tightest.Allowed
            ? this.Open($"the plan may stop {observed}; {limit} {Counted.Noun(tightest.Allowed, "is", "are")} allowed", observed, limit)
            : this.Closed(GateReasons.DisruptionBudgetExceeded, $"the plan may stop {observed}; {limit} {Counted.Noun(tightest.Allowed, "is", "are")} allowed now", observed, limit);
    }
}
