using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Gates;

namespace Firstline.Core.Lifecycle;

/// <summary>Decides when a plan is tried by a dry run, what of it can be, and what is kept of the answers.</summary>
public static class PreviewRules
{
    private const int MaxChanges = 40;
    private const int MaxLine = 512;
    private const int MaxText = 1024;

    // k8s.io/apiserver admission/plugin/webhook/errors: of a webhook that has side effects; the change itself may well be taken.
    private const string NoDryRun = "does not support dry run";

    /// <summary>True once, when a request begins to wait for an approval: what nobody is asked about is sent at once, and tells its refusal then.</summary>
    public static bool IsWanted(GateInput view, RemediationDecision decision) =>
        decision.Step is NextStep.Wait && view.IsLeader == true && view.Request.Status?.Preview is null
        && decision.Verdicts.Any(static v => v is { Name: "Approval", Decision: GateDecision.Closed });

    /// <summary>The changes that can be tried on the cluster as it is: of several on one object the first, since the others build on it.</summary>
    public static ImmutableArray<(PlannedStep Step, Mutation Mutation)> Tried(RemediationPlan plan) =>
        [.. plan.Steps.SelectMany(static s => s.Forward.Select(m => (Step: s, Mutation: m))).DistinctBy(static c => (c.Mutation.Target.Kind, c.Mutation.Target.Namespace, c.Mutation.Target.Name))];

    /// <summary>What is kept.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="changes">What would be another one, one line each.</param>
    /// <param name="refusals">What the API server would refuse, one sentence each.</param>
    /// <param name="failures">What it could not be asked, one sentence each.</param>
    /// <param name="now">When it was tried.</param>
    public static PlanPreview Of(RemediationPlan plan, IReadOnlyCollection<string> changes, IReadOnlyCollection<string> refusals, IReadOnlyCollection<string> failures, DateTimeOffset now)
    {
        int left = plan.Steps.Sum(static s => s.Forward.Length) - Tried(plan).Length;
        string[] unable = [.. refusals.Where(static r => r.Contains(NoDryRun, StringComparison.Ordinal))];
        string[] notTried = [.. failures, .. unable, .. left > 0 ? [$"{Counted.Of(left, "change")} of an object that an earlier one changes"] : (string[])[]];
        return new()
        {
            At = now,
            Changes = changes.Count <= MaxChanges ? [.. changes.Select(Line)] : [.. changes.Take(MaxChanges - 1).Select(Line), $"and {changes.Count - MaxChanges + 1} more fields"],
            Refusal = Text([.. refusals.Except(unable)]),
            NotTried = Text(notTried),
        };
    }

    private static string Line(string change) => BoundedText.Shorten(change, MaxLine);

    private static string? Text(string[] sentences) => sentences.Length == 0 ? null : BoundedText.Of(Redactor.Redact(string.Join("; ", sentences)), MaxText);
}
