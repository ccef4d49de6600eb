using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Terminal;
using Firstline.Core.Facts;

namespace Firstline.Cli.Cards;

/// <summary>An incident on one screen: what is wrong, what may be the cause and why, what is done about it, and how long it all took.</summary>
internal static class IncidentCard
{
    private const int MaxHypotheses = 3;
    private const int MaxTimeline = 6;
    private const int MaxEvidence = 3;
    private const int MaxText = 160;
    private const int MaxWarnings = 3;
    private const int MaxChanges = 3;

    public static Card Of(Incident incident, DateTimeOffset now)
    {
        IncidentStatus status = incident.Status ?? new IncidentStatus();
        return new Card(
            $"Incident {NamespacedName.Of(incident.Metadata)}",
            [
                .. Head(incident, status), .. Commander(incident, status), .. Signals(status), .. Degraded(status.Triage), .. Hypotheses(status), .. Model(status), .. Excluded(status.Triage), .. Changes(status), .. Remediations(incident, status),
                .. Next(status), .. Clocks(status.Clocks), .. Timeline(status, now),
            ]);
    }

    /// <summary>The moments of an incident and the time between them, in one line; empty while none is known.</summary>
    public static string ClocksText(IncidentClocks? clocks)
    {
        (string Name, DateTimeOffset? At)[] all =
        [
            ("began", clocks?.StartedAt), ("detected", clocks?.DetectedAt), ("diagnosed", clocks?.DiagnosedAt), ("planned", clocks?.PlannedAt),
            ("escalated", clocks?.EscalatedAt), ("changed", clocks?.ExecutedAt), ("resolved", clocks?.ResolvedAt),
        ];
        (string Name, DateTimeOffset At)[] known = [.. all.Where(static c => c.At is not null).Select(static c => (c.Name, c.At!.Value)).OrderBy(static c => c.Value)];
        IEnumerable<string> steps = known.Select((clock, i) => i == 0 ? clock.Name : $"{clock.Name} +{Spans.Text(clock.At - known[i - 1].At)}");
        string total = known.Length > 1 ? $"; {Spans.Text(known[^1].At - known[0].At)} in all" : "";
        return string.Join(", ", steps) + total;
    }

    private static IEnumerable<CardRow> Head(Incident incident, IncidentStatus status)
    {
        string severity = incident.Spec.Severity is { } confirmed ? $"{confirmed}, confirmed"
            : status.SuggestedSeverity is { } suggested ? $"{suggested}, suggested: {status.SeverityReason}"
            : "not judged yet";
        yield return new("Target", $"{incident.Spec.Target} in {incident.Metadata.Namespace}");
        yield return new("What is wrong", incident.Spec.Summary);
        yield return new("Stage", status.Stage ?? "new", status.Stage == "Resolved" ? Tone.Good : Tone.Attention);
        if (status.Parent is { } parent)
        {
            yield return new("Parent", $"{parent.Name} deals with the cause (firstline show inc {parent.Name} -n {parent.Namespace ?? incident.Metadata.Namespace})");
        }

        yield return new("Severity", severity);
        yield return new("Level", status.Level is { } level ? $"{level}: {status.LevelReason}" : "not decided yet");
    }

    private static IEnumerable<CardRow> Commander(Incident incident, IncidentStatus status)
    {
        bool isTaken = incident.Spec.Commander is { Length: > 0 };
        yield return new("Commander", isTaken ? incident.Spec.Commander! : "nobody", isTaken ? Tone.Normal : Tone.Quiet);
        if (!isTaken && status.Stage != "Resolved")
        {
            yield return new("", $$$"""kubectl patch inc {{{incident.Metadata.Name}}} -n {{{incident.Metadata.Namespace}}} --type=merge -p '{"spec":{"commander":"<your user name>"}}'""", Tone.Command);
        }
    }

    private static IEnumerable<CardRow> Signals(IncidentStatus status) =>
        status.Signals.Select((signal, i) => new CardRow(
            i == 0 ? "Signals" : "", $"{signal.Source} {signal.Name}, {signal.State}, {(signal.Count == 1 ? "once" : FormattableString.Invariant($"{signal.Count} times"))}: {signal.Summary}",
            signal.State == SignalState.Firing ? Tone.Bad : Tone.Quiet))
        .Concat(status.UnlistedSignals.IsEmpty ? [] : [new CardRow("", $"and {status.UnlistedSignals.Length} more that fire", Tone.Bad)]);

    private static IEnumerable<CardRow> Hypotheses(IncidentStatus status)
    {
        foreach ((int i, Hypothesis hypothesis) in status.Hypotheses.Take(MaxHypotheses).Index())
        {
            yield return new(i == 0 ? "Hypotheses" : "", $"{hypothesis.Id} {hypothesis.ConfidencePercent} % {hypothesis.Cause}: {hypothesis.Statement}");
            foreach (CardRow evidence in Evidence(status, "for", hypothesis.EvidenceFor).Concat(Evidence(status, "against", hypothesis.EvidenceAgainst)))
            {
                yield return evidence;
            }

            if (hypothesis is { Prediction: { } prediction, Refutation: { } refutation })
            {
                yield return new("", $"if so: {prediction} Not so, if: {refutation}", Tone.Quiet);
            }

            if (hypothesis.NextStep is { } check)
            {
                yield return new("", $"check: {check}", Tone.Quiet);
            }
        }
    }

    // In two lines: what came of it, and what the last question was.
    private static IEnumerable<CardRow> Model(IncidentStatus status)
    {
        if (status.Conditions.FirstOrDefault(static c => c.Type == ConditionTypes.Refined) is { } refined)
        {
            yield return new("Model", refined.Message, refined.Status == ConditionStatus.False ? Tone.Attention : Tone.Quiet);
        }

        if (status.ModelCalls.LastOrDefault(static c => c.Outcome != ModelOutcome.Asked) is { } last)
        {
            string cost = last.CostMillionths is { } millionths ? string.Create(CultureInfo.InvariantCulture, $", cost {millionths / 1_000_000m:0.####}") : "";
            yield return new("", string.Create(
                CultureInfo.InvariantCulture,
                $"{last.Id} of {status.ModelCalls.Length}: {last.Outcome} after {Counted.Of(last.Calls, "call")}, {last.InputTokens + last.OutputTokens} tokens{cost}{(last.Rationale is { } why ? $"; it says: {why}" : "")}"), Tone.Quiet);
        }
    }

    private static IEnumerable<CardRow> Evidence(IncidentStatus status, string side, ImmutableArray<string> ids)
    {
        EvidenceItem[] cited = [.. status.Evidence.Where(e => ids.Contains(e.Id))];
        foreach (EvidenceItem evidence in cited.Take(MaxEvidence))
        {
            string text = $"{side} {evidence.Id} {evidence.Source}: {evidence.Excerpt.ReplaceLineEndings(" ")}";
            yield return new("", text.Length <= MaxText ? text : text[..MaxText] + "…", Tone.Quiet);
        }

        if (cited.Length > MaxEvidence)
        {
            yield return new("", $"{side} {string.Join(", ", cited.Skip(MaxEvidence).Select(static e => e.Id))}: kubectl describe shows them", Tone.Quiet);
        }
    }

    private static IEnumerable<CardRow> Changes(IncidentStatus status) =>
    [
        .. status.Changes.Take(MaxChanges).SelectMany(static (change, i) => (CardRow[])
        [
            new(i == 0 ? "Changes" : "", $"{change.Id} {change.Score} {change.Resource}: {change.Summary}. {change.Reason}"),
            .. change.Rollback is { } back ? TakeBack(back) : [],
        ]),
        .. status.Changes.Length > MaxChanges ? [new CardRow("", $"and {status.Changes.Length - MaxChanges} more that are less suspicious: kubectl describe shows them", Tone.Quiet)] : Array.Empty<CardRow>(),
    ];

    private static IEnumerable<CardRow> Degraded(Triage? triage) =>
    [
        .. (triage?.Degraded ?? []).Select(static (line, i) => new CardRow(i == 0 ? "Degraded" : "", line, Tone.Bad)),
        .. (triage?.Traffic ?? []).Select(static (line, i) => new CardRow(i == 0 ? "Traffic" : "", line)),
        .. (triage?.Warnings ?? []).Take(MaxWarnings).Select(static (line, i) => new CardRow(i == 0 ? "Warnings" : "", line)),
    ];

    private static IEnumerable<CardRow> Excluded(Triage? triage) =>
    [
        .. (triage?.RuledOut ?? []).Select(static (cause, i) => new CardRow(i == 0 ? "Ruled out" : "", Text(cause), Tone.Quiet)),
        .. (triage?.Suspicious ?? []).Select(static (line, i) => new CardRow(i == 0 ? "Suspicious" : "", line, Tone.Attention)),
        .. (triage?.Unknown ?? []).Select(static (line, i) => new CardRow(i == 0 ? "Not known" : "", line, Tone.Quiet)),
    ];

    private static string Text(RuledOutCause cause) =>
        $"{string.Join(", ", cause.Causes)}: {cause.Why}{(cause.Evidence.IsEmpty ? "" : $" ({string.Join(", ", cause.Evidence.Take(MaxEvidence))})")}";

    private static IEnumerable<CardRow> TakeBack(RollbackPlan plan) =>
    [
        .. plan.Commands.Select(static (command, i) => new CardRow("", $"{(i == 0 ? "to take it back: " : "then: ")}{command}")),
        new("", $"down meanwhile: {plan.Downtime}; risk: {plan.Risk}; lost: {plan.Lost}"),
    ];

    private static IEnumerable<CardRow> Remediations(Incident incident, IncidentStatus status) =>
        status.Remediations.Select((remediation, i) => new CardRow(
            i == 0 ? "Remediations" : "",
            $"{remediation.Name} from {remediation.Runbook}: {remediation.Outcome?.ToString() ?? "under way"} (firstline show remreq {remediation.Name} -n {incident.Metadata.Namespace})"));

    private static IEnumerable<CardRow> Next(IncidentStatus status) =>
    [
        .. status.NextStep is { Length: > 0 } next ? [new CardRow("Next", next, Tone.Attention)] : Array.Empty<CardRow>(),
        .. status.Triage?.Dashboard is { } dashboard ? [new CardRow("Dashboard", dashboard)] : Array.Empty<CardRow>(),
    ];

    private static IEnumerable<CardRow> Clocks(IncidentClocks? clocks) =>
        ClocksText(clocks) is { Length: > 0 } text ? [new CardRow("Clocks", text)] : [];

    private static IEnumerable<CardRow> Timeline(IncidentStatus status, DateTimeOffset now) =>
        status.Timeline.OrderBy(static e => e.Time).TakeLast(MaxTimeline)
            .Select((entry, i) => new CardRow(i == 0 ? "Timeline" : "", $"{Spans.Text(now - entry.Time)} ago {entry.Reason}: {entry.Message} ({entry.By})"));
}
