using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Cards;

namespace Firstline.Cli.Demo;

/// <summary>Says what became new on an incident between two looks at it. Everything it says stands on the object.</summary>
internal static class IncidentTeller
{
    public static IEnumerable<AccountLine> Tell(Incident? before, Incident after)
    {
        IncidentStatus old = before?.Status ?? new IncidentStatus();
        IncidentStatus now = after.Status ?? new IncidentStatus();
        string target = after.Spec.Target.ToString();
        return [.. Opened(before, after), .. Signals(old, now, target), .. Diagnosed(old, now, target), .. Escalated(old, now, target), .. Resolved(old, now, target)];
    }

    /// <summary>True when the condition holds.</summary>
    public static bool Is(IncidentStatus? status, string condition) =>
        status?.Conditions.Any(c => c.Type == condition && c.Status == ConditionStatus.True) ?? false;

    private static IEnumerable<AccountLine> Opened(Incident? before, Incident after)
    {
        if (before is null)
        {
            yield return Line($"opened incident {after.Metadata.Name} ({after.Spec.Source.ToString().ToLowerInvariant()}): {after.Spec.Summary}", Tone.Attention);
        }
    }

    private static IEnumerable<AccountLine> Signals(IncidentStatus old, IncidentStatus now, string target) =>
        from signal in now.Signals
        let known = old.Signals.FirstOrDefault(s => s.Fingerprint == signal.Fingerprint)
        where (known is null && old.Signals.Length > 0) || (known?.State == SignalState.Firing && signal.State == SignalState.Resolved)
        select Line(signal.State == SignalState.Firing
            ? $"{target}: {signal.Source} {signal.Name} reports the same trouble: one incident, count {now.Count}"
            : $"{target}: signal {signal.Name} is over");

    private static IEnumerable<AccountLine> Diagnosed(IncidentStatus old, IncidentStatus now, string target)
    {
        if (old.Hypotheses.IsEmpty && now.Hypotheses is [Hypothesis best, .. var others])
        {
            yield return Line($"{target}: {best.Cause} {best.ConfidencePercent} % (hypothesis): {best.Statement}");
            yield return Line($"… on evidence {string.Join(", ", best.EvidenceFor)} of {now.Evidence.Length} items; {others.Length} other hypothes{(others.Length == 1 ? "is" : "es")}", Tone.Quiet);
            foreach (EvidenceItem evidence in now.Evidence.Where(e => best.EvidenceFor.Contains(e.Id)).Take(2))
            {
                yield return Line($"… {evidence.Id} {evidence.Source}: {evidence.Excerpt.ReplaceLineEndings(" ")}", Tone.Quiet);
            }
        }
    }

    private static IEnumerable<AccountLine> Escalated(IncidentStatus old, IncidentStatus now, string target)
    {
        if (!Is(old, ConditionTypes.Escalated) && Is(now, ConditionTypes.Escalated))
        {
            string why = now.Conditions.First(static c => c.Type == ConditionTypes.Escalated).Message;
            yield return Line($"{target}: escalated to humans: {why}", Tone.Bad);
        }
    }

    private static IEnumerable<AccountLine> Resolved(IncidentStatus old, IncidentStatus now, string target)
    {
        if (!Is(old, ConditionTypes.Resolved) && Is(now, ConditionTypes.Resolved))
        {
            yield return Line($"{target}: resolved: {now.Conditions.First(static c => c.Type == ConditionTypes.Resolved).Message}", Tone.Good);
            yield return Line($"… clocks: {IncidentCard.ClocksText(now.Clocks)}", Tone.Quiet);
        }
    }

    private static AccountLine Line(string text, Tone tone = Tone.Normal) => new(Speaker.Firstline, text, tone);
}
