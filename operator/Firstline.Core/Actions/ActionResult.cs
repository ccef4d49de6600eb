using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Actions;

/// <summary>What an action answers.</summary>
public abstract record ActionResult
{
    private ActionResult()
    {
    }

    /// <summary>The change, ready to be judged.</summary>
    /// <param name="Summary">One sentence with the values before and after.</param>
    /// <param name="Forward">The mutations, in order.</param>
    /// <param name="Inverse">The mutations that undo them, in order; empty when there is nothing to undo or it can't be undone.</param>
    /// <param name="DisruptedPods">Ready pods that it may stop at once.</param>
    /// <param name="Irreversible">What is lost for good, in one sentence; null when nothing is.</param>
    /// <param name="Caution">What is not known and makes the plan wait for a human, in one sentence; null when nothing is.</param>
    public sealed record Planned(
        string Summary, ImmutableArray<Mutation> Forward, ImmutableArray<Mutation> Inverse, int DisruptedPods, string? Irreversible,
        string? Caution = null) : ActionResult
    {
        /// <summary>How long it may take, where it takes more than one request; null for a change that is made at once.</summary>
        public TimeSpan? Timeout { get; init; }
    }

    /// <summary>The action does not fit.</summary>
    /// <param name="Reason">CamelCase reason.</param>
    /// <param name="Message">Why, in one sentence.</param>
    public sealed record Refused(string Reason, string Message) : ActionResult;
}
