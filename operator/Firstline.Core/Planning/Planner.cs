using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Diagnosis;
using Firstline.Core.Facts;

namespace Firstline.Core.Planning;

/// <summary>Turns a diagnosed incident into one planned remediation, or says why there is none.</summary>
public static class Planner
{
    /// <summary>How often one runbook revision is planned anew for an incident after its plan went stale.</summary>
    public const int MaxAttempts = 5;

    private static readonly TimeSpan DefaultExpiry = TimeSpan.FromHours(4);

    /// <summary>Plans on the values given. The first runbook that fits wins: those of the incident's own namespace, then the more specific.</summary>
    public static PlanningResult Plan(PlanningInput input)
    {
        if (TargetScope.WhyOutside(input.Incident.Spec.Target, input.Incident.Metadata.Namespace ?? "", input.OperatorNamespace) is { } outside)
        {
            return new PlanningResult.NotPlanned(PlanningReasons.OutsideNamespace, outside, []);
        }

        if (Likeliest.OfRules(input.Incident.Status) is not { } hypothesis)
        {
            return new PlanningResult.NotPlanned(PlanningReasons.NoHypothesis, WhyNoHypothesis(input.Incident), []);
        }

        if (input.Situation is not { Exists: true } situation)
        {
            return new PlanningResult.NotPlanned(PlanningReasons.TargetUnknown, $"{input.Incident.Spec.Target} can't be seen", []);
        }

        List<(string Runbook, RunbookAnswer.NotTaken Why)> notTaken = [];
        foreach (Runbook runbook in InOrder(input))
        {
            switch (Consider(runbook, hypothesis, situation, input))
            {
                case RunbookAnswer.Taken taken:
                    return taken.Result;
                case RunbookAnswer.NotTaken why:
                    notTaken.Add((runbook.Metadata.Name, why));
                    break;
            }
        }

        return Nothing(hypothesis, notTaken);
    }

    private static string WhyNoHypothesis(Incident incident) =>
        incident.Status?.Conditions.FirstOrDefault(static c => c.Type == ConditionTypes.Diagnosed)?.Message is { Length: > 0 } why ? why : "no rule could name a cause";

    private static PlanningResult.NotPlanned Nothing(Hypothesis hypothesis, List<(string Runbook, RunbookAnswer.NotTaken Why)> notTaken)
    {
        ImmutableArray<string> considered = [.. notTaken.Select(static n => $"runbook {n.Runbook} {n.Why.Message}")];
        (string name, RunbookAnswer.NotTaken? closest) = notTaken.FirstOrDefault(static n => n.Why.Reason != PlanningReasons.NoRunbook);
        return closest is null
            ? new(PlanningReasons.NoRunbook, $"none of {Counted.Of(notTaken.Count, "runbook")} is for {hypothesis.Cause} of this target", considered)
            : new(closest.Reason, $"runbook {name} {closest.Message}", considered);
    }

    private static IEnumerable<Runbook> InOrder(PlanningInput input) =>
        from runbook in input.Runbooks
        let isOwn = runbook.Metadata.Namespace == input.Incident.Metadata.Namespace
        orderby isOwn descending, runbook.Spec.Match.Labels.Count descending, runbook.Spec.Match.Namespaces.IsEmpty, runbook.Metadata.Name
        select runbook;

    private static RunbookAnswer Consider(Runbook runbook, Hypothesis hypothesis, Situation situation, PlanningInput input)
    {
        bool isForCause = runbook.Spec.Match.Causes.Contains(hypothesis.Cause, StringComparer.Ordinal);
        if (isForCause && RunbookValidator.Validate(runbook.Spec) is [var problem, ..])
        {
            return new RunbookAnswer.NotTaken(PlanningReasons.RunbookInvalid, $"is not valid: {problem}");
        }

        if (RunbookMatcher.WhyNot(runbook, hypothesis, input.Incident.Metadata.Namespace ?? "", situation, input.OperatorNamespace) is { } mismatch)
        {
            return new RunbookAnswer.NotTaken(PlanningReasons.NoRunbook, mismatch);
        }

        RunbookHistory history = RunbookHistory.Of(runbook, input.Incident, input.Requests, MarkOn(runbook, hypothesis, situation));
        if (history.WhyNotAgain() is { } again)
        {
            return again;
        }

        return runbook.Spec.Level == RemediationLevel.L3
            ? new RunbookAnswer.NotTaken(PlanningReasons.HumansOnly, $"is for humans (level L3): {runbook.Spec.Description}")
            : VerifierFacts.WhyUnable(runbook.Spec.Verification, input.Verifiers) is { } unable
            ? new RunbookAnswer.NotTaken(PlanningReasons.VerifierMissing, $"fits, but {unable}")
            : MetricRights.WhyNot(runbook.Spec.Verification, runbook.Metadata.Namespace ?? "", input.Policy, input.OperatorNamespace) is { } forbidden
            ? new RunbookAnswer.NotTaken(PlanningReasons.MetricsForbidden, $"fits, but {forbidden}")
            : PlanSteps(runbook, hypothesis, situation, input, history);
    }

    private static RemediationMark? MarkOn(Runbook runbook, Hypothesis hypothesis, Situation situation) =>
        RunbookMatcher.TargetOf(runbook.Spec, hypothesis, situation) is { } target ? PlannedTarget.Of(target, situation).LastRemediation : null;

    private static RunbookAnswer PlanSteps(Runbook runbook, Hypothesis hypothesis, Situation situation, PlanningInput input, RunbookHistory history)
    {
        TargetRef target = RunbookMatcher.TargetOf(runbook.Spec, hypothesis, situation)!;
        ActionRequest request = new(target, situation, ImmutableSortedDictionary<string, string>.Empty, input.Now)
        {
            Onset = input.Incident.Status?.Clocks?.StartedAt,
            FailedTemplates = FailedTemplates.Of(input.Incident, input.Requests),
        };
        List<(RunbookStep Step, ActionResult.Planned Plan)> steps = [];
        foreach (RunbookStep step in runbook.Spec.Steps)
        {
            IAction action = ActionCatalogue.Find(step.Action)!;
            ImmutableArray<Mutation> before = [.. steps.SelectMany(static s => s.Plan.Forward)];
            ActionResult result = action.Plan(request with { Parameters = RunbookValidator.Parameters(step, action), Before = before });
            if (result is not ActionResult.Planned planned)
            {
                ActionResult.Refused refused = (ActionResult.Refused)result;
                return new RunbookAnswer.NotTaken(PlanningReasons.ActionRefused, $"does not fit: {refused.Message}");
            }

            steps.Add((step, planned));
        }

        PlannedTarget seen = PlannedTarget.Of(target, situation);
        RunbookMode mode = RunbookMode.Of(runbook, input.Policy, input.RunbookIdentity, input.AuthorIdentity);
        RemediationRequestSpec spec = Assemble(runbook, mode, hypothesis, input, history, seen, steps);
        return mode.Mode == OperatingMode.Observe
            ? new RunbookAnswer.NotTaken(PlanningReasons.ObserveOnly, $"would have done this, but {mode.Reason}: {spec.Plan.Summary}")
            : new RunbookAnswer.Taken(new PlanningResult.Planned(FreeName(runbook, input, spec.Runbook.Revision, history.Attempt), spec));
    }

    private static RemediationRequestSpec Assemble(
        Runbook runbook, RunbookMode mode, Hypothesis hypothesis, PlanningInput input, RunbookHistory history, PlannedTarget target,
        List<(RunbookStep Step, ActionResult.Planned Plan)> steps)
    {
        string home = input.Incident.Metadata.Namespace ?? "";
        ImmutableArray<PlannedStep> planned = [.. steps.Select(static s => StepOf(s.Step, s.Plan))];
        RemediationPlan plan = PlanOf(target, planned, steps.Sum(static s => s.Plan.DisruptedPods));
        (RemediationLevel level, ImmutableArray<string> reasons) = LevelRules.Compute(new LevelInput
        {
            Runbook = runbook,
            Mode = mode,
            Hypothesis = hypothesis,
            Namespaces = [home, .. TouchedObjects.Namespaces(plan, home)],
            Policy = input.Policy,
            Steps = planned,
            Cautions = [.. from step in steps where step.Plan.Caution is not null select step.Plan.Caution],
            LastOutcome = history.LastOutcome,
            Objections = history.Objections,
        });
        return new RemediationRequestSpec
        {
            Incident = new() { Name = input.Incident.Metadata.Name, Uid = input.Incident.Metadata.Uid ?? "" },
            Runbook = new() { Namespace = runbook.Metadata.Namespace ?? "", Name = runbook.Metadata.Name, Revision = RunbookRevision.Of(runbook.Spec) },
            Level = level,
            LevelReasons = [.. reasons.Take(16).Select(static r => BoundedText.Of(r, 1024))],
            Hypothesis = hypothesis,
            Evidence = CitedEvidence.Of(hypothesis, input.Incident.Status),
            Plan = plan,
            PlanHash = PlanHash.Of(plan),
            Verification = VerificationText.For(runbook.Spec.Verification, target.Ref, home),
            Limits = runbook.Spec.Limits,
            OnFailure = runbook.Spec.OnFailure,
            NotFor = runbook.Spec.NotFor,
            ExpiresAt = ExpiryOf(input, plan, home),
        };
    }

    // A plan that has to wait for its window does not expire before it.
    private static DateTimeOffset ExpiryOf(PlanningInput input, RemediationPlan plan, string home)
    {
        DateTimeOffset? opens = input.Policy is { } policy ? ChangeCalendar.For(policy, plan, home, input.Incident, input.TimeZones).NextOpening(input.Now) : null;
        return (opens ?? input.Now) + (input.Policy?.Approvals.Expiry?.Value ?? DefaultExpiry);
    }

    private static PlannedStep StepOf(RunbookStep step, ActionResult.Planned plan) => new()
    {
        Name = step.Name,
        Action = step.Action,
        Summary = BoundedText.Of(plan.Summary, 1024),
        Forward = plan.Forward,
        Inverse = plan.Inverse,
        OnFailure = step.OnFailure,
        Timeout = plan.Timeout is { } timeout ? Duration.From(timeout) : null,
        Irreversible = plan.Irreversible is { } lost ? BoundedText.Of(lost, 1024) : null,
    };

    // Steps follow one another without waiting for rollouts, so that what they stop adds up.
    private static RemediationPlan PlanOf(PlannedTarget target, ImmutableArray<PlannedStep> steps, int disrupted)
    {
        int bounded = Math.Min(disrupted, target.ReadyPods);
        return new()
        {
            Summary = BoundedText.Shorten(string.Join("; then ", steps.Select(static s => s.Summary)), 1024),
            Target = target.Ref,
            TargetName = BoundedText.Shorten(target.Ref.ToString(), 320),
            TargetGeneration = target.Generation,
            TargetContentHash = target.ContentHash,
            Steps = steps,
            BlastRadius = new()
            {
                DisruptedPods = bounded,
                ReadyPods = target.ReadyPods,
                DesiredPods = target.DesiredPods,
                Summary = BlastText(target, bounded, Rollouts.ArePlanned(steps)),
            },
        };
    }

    private static string BlastText(PlannedTarget target, int disrupted, bool isRollout) => (target.ReadyPods, target.DesiredPods) switch
    {
        (0, 0) => "no ready pods",
        (0, var desired) when isRollout => $"restarts {Counted.Of(desired, "pod")}, none ready",
        (0, var desired) => $"none of {Counted.Of(desired, "pod")} ready",
        (var ready, _) => string.Create(CultureInfo.InvariantCulture, $"{disrupted}/{ready} ready pods"),
    };

    // Somebody may have deleted an earlier request, so that the count of those left names one that is still there.
    private static string FreeName(Runbook runbook, PlanningInput input, string revision, int attempt)
    {
        string[] own = [.. input.Requests.Where(r => r.Metadata.Namespace == input.Incident.Metadata.Namespace).Select(static r => r.Metadata.Name)];
        return Enumerable.Range(attempt, int.MaxValue - attempt).Select(a => NameOf(runbook, input.Incident, revision, a))
            .First(name => !own.Contains(name) && !input.IsNameTaken(name));
    }

    private static string NameOf(Runbook runbook, Incident incident, string revision, int attempt)
    {
        string identity = string.Create(CultureInfo.InvariantCulture, $"{incident.Metadata.Uid}/{runbook.Metadata.Namespace}/{runbook.Metadata.Name}/{revision}/{attempt}");
        string stem = runbook.Metadata.Name.Length <= 50 ? runbook.Metadata.Name : runbook.Metadata.Name[..50].TrimEnd('-', '.');
        return $"{stem}-{CanonicalJson.HashOfText(identity)[..8]}";
    }
}
