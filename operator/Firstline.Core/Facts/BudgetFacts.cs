using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What is read of a PodDisruptionBudget.</summary>
public sealed record BudgetFacts
{
    /// <summary>The budget, with its UID.</summary>
    public required TargetRef Ref { get; init; }

    /// <summary><c>metadata.creationTimestamp</c>.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The newest change of its spec; null when unknown.</summary>
    public ChangeStamp? LastChange { get; init; }

    /// <summary><c>spec.selector</c>.</summary>
    public LabelSelectorFacts Pods { get; init; } = LabelSelectorFacts.Everything;

    /// <summary><c>status.disruptionsAllowed</c>.</summary>
    public int Allowed { get; init; }

    /// <summary><c>status.currentHealthy</c>.</summary>
    public int Healthy { get; init; }

    /// <summary><c>status.desiredHealthy</c>.</summary>
    public int Desired { get; init; }

    /// <summary><c>status.expectedPods</c>.</summary>
    public int Expected { get; init; }

    /// <summary><c>status.conditions[]</c>.</summary>
    public ImmutableArray<ConditionFacts> Conditions { get; init; } = [];
}
