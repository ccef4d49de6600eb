using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Planning;

/// <summary>What the planner answers.</summary>
public abstract record PlanningResult
{
    private PlanningResult()
    {
    }

    /// <summary>A request to create.</summary>
    /// <param name="Name">Its name; the same incident, runbook revision and attempt have the same one, so that creating twice is creating once.</param>
    /// <param name="Spec">Its spec.</param>
    public sealed record Planned(string Name, RemediationRequestSpec Spec) : PlanningResult;

    /// <summary>Nothing to create: humans have to act.</summary>
    /// <param name="Reason">One of <see cref="PlanningReasons"/>.</param>
    /// <param name="Message">Why, in one sentence.</param>
    /// <param name="Considered">Each runbook that was looked at and why it was not taken, one sentence each.</param>
    public sealed record NotPlanned(string Reason, string Message, ImmutableArray<string> Considered) : PlanningResult;
}
