using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;

namespace Firstline.Core.Planning;

/// <summary>Tells whether a runbook is for an incident.</summary>
public static class RunbookMatcher
{
    /// <summary>Null when the runbook is for it; otherwise why not, in one sentence without a subject.</summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="hypothesis">The incident's best hypothesis.</param>
    /// <param name="incidentNamespace">Namespace of the incident.</param>
    /// <param name="situation">The incident's target as it is now.</param>
    /// <param name="operatorNamespace">Namespace of the operator, whose runbooks may be for all others.</param>
    public static string? WhyNot(Runbook runbook, Hypothesis hypothesis, string incidentNamespace, Situation situation, string operatorNamespace)
    {
        RunbookMatch match = runbook.Spec.Match;
        if (!match.Causes.Contains(hypothesis.Cause, StringComparer.Ordinal))
        {
            return $"is for {string.Join(", ", match.Causes)}, not for {hypothesis.Cause}";
        }

        if (!IsForNamespace(runbook, incidentNamespace, operatorNamespace))
        {
            return $"is not for namespace {incidentNamespace}";
        }

        if (TargetOf(runbook.Spec, hypothesis, situation) is null)
        {
            return $"is for kinds {string.Join(", ", Kinds(runbook.Spec))}, not for {situation.Subject.Kind}";
        }

        return match.Labels.Where(l => !Labels(situation).TryGetValue(l.Key, out string? value) || value != l.Value).Select(static l => $"{l.Key}={l.Value}")
            .FirstOrDefault() is { } label ? $"is for targets with label {label}" : null;
    }

    /// <summary>The object that the runbook would change: the one at fault where its kind fits, else the incident's target, else null.</summary>
    public static TargetRef? TargetOf(RunbookSpec runbook, Hypothesis hypothesis, Situation situation)
    {
        IReadOnlyCollection<string> kinds = Kinds(runbook);
        if (hypothesis.Resource is { } fault && kinds.Contains(fault.Kind))
        {
            return fault;
        }

        return kinds.Contains(situation.Subject.Kind) ? situation.Subject : null;
    }

    private static string[] Kinds(RunbookSpec runbook)
    {
        if (!runbook.Match.Kinds.IsEmpty)
        {
            return [.. runbook.Match.Kinds];
        }

        IEnumerable<string>? common = runbook.Steps
            .Select(static s => ActionCatalogue.Find(s.Action)?.TargetKinds.AsEnumerable() ?? [])
            .Aggregate((IEnumerable<string>?)null, static (all, kinds) => all?.Intersect(kinds) ?? kinds);
        return [.. common ?? []];
    }

    /// <summary>True when the runbook may be for incidents of that namespace.</summary>
    public static bool IsForNamespace(Runbook runbook, string incidentNamespace, string operatorNamespace)
    {
        string home = runbook.Metadata.Namespace ?? "";
        if (home != operatorNamespace)
        {
            return home == incidentNamespace && (runbook.Spec.Match.Namespaces.IsEmpty || runbook.Spec.Match.Namespaces.Contains(home, StringComparer.Ordinal));
        }

        return runbook.Spec.Match.Namespaces.IsEmpty || runbook.Spec.Match.Namespaces.Contains(incidentNamespace, StringComparer.Ordinal);
    }

    private static ImmutableSortedDictionary<string, string> Labels(Situation situation) =>
        situation.Workload?.Labels ?? ImmutableSortedDictionary<string, string>.Empty;
}
