using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;

namespace Firstline.Core.Planning;

/// <summary>Says what is wrong with a runbook, beyond what its schema can say.</summary>
public static class RunbookValidator
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    /// <summary>Every problem, one sentence each with the path of the field; empty when the runbook can be used.</summary>
    public static ImmutableArray<string> Validate(RunbookSpec spec) =>
    [
        .. MatchProblems(spec.Match), .. StepProblems(spec.Steps), .. KindProblems(spec), .. VerificationProblems(spec.Verification), .. VerificationText.Problems(spec.Verification), .. LimitProblems(spec),
    ];

    /// <summary>The step's parameters with the defaults of its action filled in.</summary>
    public static ImmutableSortedDictionary<string, string> Parameters(RunbookStep step, IAction action) =>
        action.Parameters.Where(static p => p.Default is not null)
            .Aggregate(step.With, static (all, p) => all.ContainsKey(p.Name) ? all : all.Add(p.Name, p.Default!));

    private static IEnumerable<string> MatchProblems(RunbookMatch match)
    {
        if (match.Causes.IsEmpty)
        {
            yield return "spec.match.causes: name at least one cause, such as BadRollout";
        }

        foreach (string cause in match.Causes.Where(static c => !Causes.IsLabel(c)))
        {
            yield return $"spec.match.causes: there is no cause \"{cause}\"{NearestName.Question(cause, Causes.All)}";
        }
    }

    private static IEnumerable<string> StepProblems(ImmutableArray<RunbookStep> steps)
    {
        if (steps.IsEmpty)
        {
            yield return "spec.steps: a runbook has at least one step";
        }

        foreach (IGrouping<string, RunbookStep> twice in steps.GroupBy(static s => s.Name, StringComparer.Ordinal).Where(static g => g.Count() > 1))
        {
            yield return $"spec.steps: the name {twice.Key} is used {twice.Count()} times";
        }

        foreach (string problem in steps.SelectMany(StepProblems))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> StepProblems(RunbookStep step)
    {
        string path = $"spec.steps[{step.Name}]";
        if (ActionCatalogue.Find(step.Action) is not { } action)
        {
            string meant = NearestName.Question(step.Action, ActionCatalogue.All.Select(static a => a.Name));
            return [$"{path}.action: there is no action {step.Action}{meant}"];
        }

        string[] problems = [.. action.Parameters.SelectMany(p => ParameterProblems(path, step, p)), .. UnknownParameters(path, step, action)];
        return problems.Length == 0 && action.Problem(Parameters(step, action)) is { } problem ? [$"{path}.with: {problem}"] : problems;
    }

    private static IEnumerable<string> ParameterProblems(string path, RunbookStep step, ActionParameter parameter)
    {
        if (!step.With.TryGetValue(parameter.Name, out string? value))
        {
            return parameter.Default is null ? [$"{path}.with.{parameter.Name}: missing; {parameter.Description}"] : [];
        }

        return parameter.Problem(value) is { } problem ? [$"{path}.with.{parameter.Name}: {problem}, not \"{value}\""] : [];
    }

    private static IEnumerable<string> UnknownParameters(string path, RunbookStep step, IAction action)
    {
        string[] known = [.. action.Parameters.Select(static p => p.Name)];
        return
            from key in step.With.Keys
            where !known.Contains(key, StringComparer.Ordinal)
            select known.Length == 0
                ? $"{path}.with.{key}: {action.Name} takes no parameters"
                : $"{path}.with.{key}: {action.Name} has no such parameter{NearestName.Question(key, known)}";
    }

    private static IEnumerable<string> KindProblems(RunbookSpec spec) =>
        from kind in spec.Match.Kinds
        from step in spec.Steps
        let action = ActionCatalogue.Find(step.Action)
        where action is not null && !action.TargetKinds.Contains(kind)
        select $"spec.match.kinds: {action.Name} in step {step.Name} can't change a {kind}; it can change {string.Join(", ", action.TargetKinds)}";

    private static IEnumerable<string> VerificationProblems(VerificationSpec spec)
    {
        if (spec is { TargetHealthy: false, SignalResolved: false, Metrics.IsEmpty: true, Probes.IsEmpty: true, Jobs.IsEmpty: true })
        {
            yield return "spec.verification: with both targetHealthy and signalResolved off nothing would be verified; declare metrics, probes or jobs";
        }

        TimeSpan stable = VerificationDefaults.StableFor(spec);
        TimeSpan timeout = VerificationDefaults.Timeout(spec);
        if (stable >= timeout)
        {
            yield return $"spec.verification: stableFor {Duration.From(stable)} can never be reached within timeout {Duration.From(timeout)}";
        }

        if (timeout > LongestTimeout)
        {
            yield return $"spec.verification.timeout: at most {Duration.From(LongestTimeout)}, because the target is locked until then";
        }
    }

    private static IEnumerable<string> LimitProblems(RunbookSpec spec)
    {
        if (spec.Limits.MaxPerHour == 0)
        {
            yield return "spec.limits.maxPerHour: 0 would never run; use mode Observe for that";
        }

        if (spec is { Level: RemediationLevel.L1, Mode: OperatingMode.Observe })
        {
            yield return "spec.mode: Observe contradicts level L1, which runs by itself; use Suggest or Auto, or level L3";
        }
    }
}
