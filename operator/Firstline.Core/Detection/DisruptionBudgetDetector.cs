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

    /// <inheritdoc/>
    public string Name => "DisruptionBudget";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation is not { Exists: true, Budget: { Allowed: 0 } budget } || (budget.Expected > 0 && budget.Healthy < budget.Desired) || budget.Conditions.Any(static c => c is { Type: "DisruptionAllowed", Status: ConditionStatus.True }))
        {
            return DetectorReport.Nothing;
        }

        bool isSaid = budget.Conditions.Any(static c => c is { Type: "DisruptionAllowed", Status: ConditionStatus.False });
        DateTimeOffset since = budget.Conditions.Select(static c => c.Since).Append(budget.CreatedAt).Max() ?? budget.CreatedAt;
        return budget.Expected == 0 && !isSaid ? DetectorReport.Nothing : ContainerSearch.After(
            Name, situation, since, Patience, now,
            string.Create(CultureInfo.InvariantCulture, $"it allows 0 disruptions: {budget.Healthy} of {budget.Expected} pods healthy, {budget.Desired} must be, so that no eviction is ever allowed"));
    }
}
