using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Planning;

/// <summary>What decides who acts.</summary>
public sealed record LevelInput
{
    /// <summary>The runbook.</summary>
    public required Runbook Runbook { get; init; }

    /// <summary>What may be done with it.</summary>
    public required RunbookMode Mode { get; init; }

    /// <summary>The hypothesis that the plan rests on.</summary>
    public required Hypothesis Hypothesis { get; init; }

    /// <summary>Namespace of the request, and those in which the plan changes something.</summary>
    public required ImmutableArray<string> Namespaces { get; init; }

    /// <summary>The policy; null when there is none.</summary>
    public required RemediationPolicySpec? Policy { get; init; }

    /// <summary>The planned steps.</summary>
    public required ImmutableArray<PlannedStep> Steps { get; init; }

    /// <summary>What is not known, one sentence each.</summary>
    public ImmutableArray<string> Cautions { get; init; } = [];

    /// <summary>How the last execution of this runbook revision on any target ended; null when there was none.</summary>
    public RemediationOutcome? LastOutcome { get; init; }

    /// <summary>What was said of it on this target or incident that asks for approval, one sentence each.</summary>
    public ImmutableArray<string> Objections { get; init; } = [];
}
