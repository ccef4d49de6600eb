using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Planning;

namespace Firstline.Cli.Runbooks;

/// <summary>Says in plain words what a runbook would do, when, and within which limits.</summary>
internal static class RunbookExplanation
{
    /// <summary>Pairs of a heading and its sentences, in the order to be read.</summary>
    public static ImmutableArray<(string Heading, ImmutableArray<string> Sentences)> Of(Runbook runbook) =>
    [
        ("What it does", [runbook.Spec.Description.ReplaceLineEndings(" ").Trim()]),
        ("Not for", Optional(runbook.Spec.NotFor)),
        ("When", When(runbook.Spec.Match)),
        ("Who acts", Who(runbook.Spec)),
        ("Steps", [.. runbook.Spec.Steps.SelectMany(Step)]),
        ("Limits", Limits(runbook.Spec.Limits)),
        ("Helped when", Verification(runbook.Spec.Verification)),
        ("If it did not", [runbook.Spec.OnFailure == FailureAction.Escalate
            ? "Things are left as they are, and humans take over."
            : "Each step is undone, the newest first, and humans take over."]),
        ("Permissions", [.. runbook.Spec.Steps.SelectMany(Permissions).Distinct(StringComparer.Ordinal)]),
        ("Revision", [$"{RunbookRevision.Of(runbook.Spec)}, as kubectl get rbk shows it where this is applied; firstline dev and demo shorten times, and so have another one."]),
    ];

    private static ImmutableArray<string> Optional(string? text) => text is null ? [] : [text.ReplaceLineEndings(" ").Trim()];

    private static ImmutableArray<string> When(RunbookMatch match)
    {
        ImmutableArray<string>.Builder text = ImmutableArray.CreateBuilder<string>();
        text.Add($"The likeliest cause of the incident is {Or(match.Causes)}.");
        if (!match.Kinds.IsEmpty)
        {
            text.Add($"The target is a {Or(match.Kinds)}.");
        }

        if (!match.Labels.IsEmpty)
        {
            text.Add($"The target carries the labels {string.Join(", ", match.Labels.Select(static l => $"{l.Key}={l.Value}"))}.");
        }

        text.Add(match.Namespaces.IsEmpty
            ? "It is in the runbook's own namespace; in any namespace for a runbook in the operator's own."
            : $"It is in namespace {Or(match.Namespaces)}.");
        return text.ToImmutable();
    }

    private static ImmutableArray<string> Who(RunbookSpec spec) => spec.Level switch
    {
        RemediationLevel.L1 =>
        [
            $"L1: the operator by itself, when the cause is at least {spec.Match.MinConfidencePercent ?? 70} % likely, the revision is approved and every gate is open.",
            "Otherwise L2: it waits for approval.",
        ],
        RemediationLevel.L2 => ["L2: the operator, after a human approved this very plan."],
        _ => ["L3: humans; the operator only investigates."],
    };

    private static IEnumerable<string> Step(RunbookStep step)
    {
        IAction action = ActionCatalogue.Find(step.Action)!;
        yield return $"{step.Name}: {action.Name}. {action.Description}";
        foreach ((string name, string value) in RunbookValidator.Parameters(step, action))
        {
            string given = step.With.ContainsKey(name) ? "" : " (default)";
            yield return $"  {name} = {value}{given}: {action.Parameters.First(p => p.Name == name).Description}";
        }
    }

    private static ImmutableArray<string> Limits(RunbookLimits limits)
    {
        ImmutableArray<string>.Builder text = ImmutableArray.CreateBuilder<string>();
        AddIf(text, limits.MaxDisruptedPercent, static v => $"At most {v} % of the target's ready pods are disrupted at once.");
        AddIf(text, limits.MaxDisruptedPods, static v => $"At most {v} ready pods are disrupted at once.");
        AddIf(text, limits.Cooldown, static v => $"At least {v} between two remediations of the same target.");
        AddIf(text, limits.MaxPerHour, static v => $"At most {v} executions within an hour.");
        text.Add("The RemediationPolicy's limits hold as well; the stricter one wins.");
        return text.ToImmutable();
    }

    private static void AddIf<T>(ImmutableArray<string>.Builder text, T? value, Func<T, string> sentence)
        where T : struct
    {
        if (value is { } known)
        {
            text.Add(sentence(known));
        }
    }

    private static ImmutableArray<string> Verification(VerificationSpec spec)
    {
        string stable = Duration.From(VerificationDefaults.StableFor(spec)).ToString();
        string timeout = Duration.From(VerificationDefaults.Timeout(spec)).ToString();
        ImmutableArray<string>.Builder text = ImmutableArray.CreateBuilder<string>();
        if (spec.TargetHealthy ?? true)
        {
            text.Add($"The target is healthy for {stable} without a break.");
        }

        if (spec.SignalResolved ?? true)
        {
            text.Add("Every signal of the incident has resolved.");
        }

        text.AddRange(spec.Metrics.Select(static m => $"Prometheus answers {m.Query} with numbers of {string.Join(" and ", new[] { m.Min is null ? null : $"at least {m.Min}", m.Max is null ? null : $"at most {m.Max}" }.OfType<string>())}."));
        text.AddRange(spec.Probes.Select(static p => $"The probe {p.Destination} is answered with {p.Status ?? VerificationDefaults.ProbeStatus}."));
        text.AddRange(spec.Jobs.Select(static j => $"A Job {(j.Job is { } job ? job : $"of CronJob {j.CronJob}")} begins after the change and succeeds."));
        text.Add($"All this within {timeout}.");
        return text.ToImmutable();
    }

    private static IEnumerable<string> Permissions(RunbookStep step) =>
        ActionCatalogue.Find(step.Action)!.Rules.Select(static r =>
            $"{string.Join(", ", r.Verbs)} {r.Resource}{(r.ApiGroup.Length == 0 ? "" : "." + r.ApiGroup)}: {r.Reason}");

    private static string Or(ImmutableArray<string> names) =>
        names.Length < 2 ? string.Concat(names) : $"{string.Join(", ", names[..^1])} or {names[^1]}";
}
