using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Closed to a plan that, together with what all runbooks have changed within the hour or are changing, would touch more than the policy allows.</summary>
public sealed class BudgetGate : IGate
{
    /// <inheritdoc/>
    public string Name => "Budget";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        if (input.Policy is not { } policy)
        {
            return this.Closed(GateReasons.PolicyMissing, "without a policy the budget is not known");
        }

        if (input.Others is not { } others)
        {
            return this.Closed(GateReasons.RequestsUnknown, "the other requests can't be listed");
        }

        if (input.HasBegun)
        {
            return this.Open("what it touches is counted already");
        }

        RemediationRequest[] spent = [.. others.Where(r => Progress.IsUnderWay(r) || now - Progress.FirstChange(r) < RateGate.Window).OrderBy(Progress.FirstChange)];
        if (Exceeded(policy.Limits.Budget, [.. spent, input.Request], input.Request) is not { } over)
        {
            return this.Open("what was touched within the hour leaves room for it");
        }

        string limit = string.Create(CultureInfo.InvariantCulture, $"{over.Limit} {over.What} within an hour");
        return this.Closed(
            GateReasons.BudgetExceeded, $"with it {over.Seen} {over.What} would be touched within an hour; the policy allows {over.Limit}",
            string.Create(CultureInfo.InvariantCulture, $"{over.Seen} {over.What}"), limit, NextEligible(policy.Limits.Budget, spent, input.Request));
    }

    // It opens when so much has left the hour that there is room.
    private static DateTimeOffset? NextEligible(ChangeBudget budget, RemediationRequest[] spent, RemediationRequest request)
    {
        for (int gone = 1; gone <= spent.Length; gone++)
        {
            if (Exceeded(budget, [.. spent.Skip(gone), request], request) is null)
            {
                return Progress.FirstChange(spent[gone - 1]) + RateGate.Window;
            }
        }

        return null;
    }

    private static (int Seen, int Limit, string What)? Exceeded(ChangeBudget budget, ImmutableArray<RemediationRequest> all, RemediationRequest request)
    {
        (int Seen, int Limit, string What)[] figures =
        [
            (all.Sum(Pods), budget.Pods ?? 50, "pods"),
            .. TouchedObjects.Namespaces(request).Select(ns => (all.Sum(r => PodsIn(r, ns)), budget.PodsPerNamespace ?? 20, $"pods in namespace {ns}")),
            (all.Where(static r => !IsNode(r)).Select(Target).Distinct().Count(), budget.Workloads ?? 20, "workloads"),
            (all.SelectMany(static r => TouchedObjects.Namespaces(r)).Distinct().Count(), budget.Namespaces ?? 10, "namespaces"),
            (all.Where(IsNode).Select(Target).Distinct().Count(), budget.Nodes ?? 3, "nodes"),
        ];
        return figures.Cast<(int Seen, int Limit, string What)?>().FirstOrDefault(static f => f!.Value.Seen > f.Value.Limit);
    }

    private static int Pods(RemediationRequest request) => request.Spec.Plan.BlastRadius.DisruptedPods;

    // The pods of a node are disrupted where they live; not all that are evicted are ready, and those that are not do not count.
    private static int PodsIn(RemediationRequest request, string ns) => IsNode(request)
        ? Math.Min(Pods(request), TouchedObjects.Of(request).Where(t => t.Node is not null && t.Ref.Namespace == ns).Select(static t => t.Ref.Uid).Distinct().Count())
        : TouchedObjects.TargetOf(request).Namespace == ns ? Pods(request) : 0;

    private static bool IsNode(RemediationRequest request) => request.Spec.Plan.Target.Kind == "Node";

    private static (string Kind, string? Namespace, string Name) Target(RemediationRequest request)
    {
        TargetRef target = TouchedObjects.TargetOf(request);
        return (target.Kind, target.Namespace, target.Name);
    }
}
