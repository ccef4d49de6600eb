using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds budgets that allow no eviction although all their pods are healthy, so that no node can be drained.</summary>
/// <remarks>While pods are missing the budget does its work, and the workload is reported.</remarks>
public sealed class DisruptionBudgetDetector : IDetector
{
    /// <summary>How long it may be so, as during a rollout.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>True when it allows no eviction although no pod is missing.</summary>
    public static bool IsBlocking(BudgetFacts budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        ConditionFacts? said = budget.Conditions.FirstOrDefault(static c => c.Type == "DisruptionAllowed");
        bool isLooked = budget.Expected > 0 || said is { Status: ConditionStatus.False };
        bool isAtWork = budget.Expected > 0 && budget.Healthy < budget.Desired;
        return budget.Allowed == 0 && isLooked && !isAtWork && said is not { Status: ConditionStatus.True };
    }

    /// <inheritdoc/>
    public string Name => "DisruptionBudget";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation is not { Exists: true, Budget: { } budget } || !IsBlocking(budget))
        {
            return DetectorReport.Nothing;
        }

        DateTimeOffset since = budget.Conditions.Select(static c => c.Since).Append(budget.CreatedAt).Max() ?? budget.CreatedAt;
        return ContainerSearch.After(
            Name, situation, since, Patience, now,
            string.Create(CultureInfo.InvariantCulture, $"it allows no eviction: {budget.Healthy} of {budget.Expected} pods are healthy, and {budget.Desired} must be"));
    }
}
