using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>Writes the first page of an investigation from what was observed.</summary>
internal static class TriagePage
{
    private const int MaxLines = 8;
    private const int MaxLine = 512;
    private const int MaxQuote = 160;
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    /// <summary>The page.</summary>
    /// <param name="case">The case.</param>
    /// <param name="hypotheses">What may be the cause.</param>
    /// <param name="doubtful">What objections left little of.</param>
    /// <param name="changes">The changes as the API shows them.</param>
    public static Triage Of(DiagnosisCase @case, ImmutableArray<Hypothesis> hypotheses, ImmutableArray<HypothesisDraft> doubtful, ImmutableArray<ChangeRecord> changes) => new()
    {
        Degraded = Lines(Degraded(@case.Situation)),
        Traffic = Lines(TrafficText.Lines(@case.Situation.Traffic)),
        ChangedLastHour = [.. changes.Where(c => c.Time <= @case.Input.Now && @case.Input.Now - c.Time <= Lately).Select(static c => c.Id)],
        Warnings = [.. Lines(Warnings(@case.Situation, @case.Input.Now)).Select(l => @case.Input.Redaction.Of(l, MaxLine).Text)],
        RuledOut = RuledOutChecks.Of(@case, hypotheses, doubtful),
        Suspicious = Lines(Suspicious(@case)),
        Unknown = Lines(Unknown(@case)),
        Dashboard = @case.Input.Dashboard?.Of(@case.Subject, @case.Onset, @case.Input.Now),
    };

    private static IEnumerable<string> Degraded(Situation situation) => situation switch
    {
        { Workload: { DesiredPods: > 0 } workload } => Impact.AllOf(situation, workload).Where(static i => i.Down > 0).Select(static i => i.Numbers),
        { Service: { } service } => Impact.Of(situation, service) is { Down: > 0 } impact ? [impact.Numbers] : [],
        { Node: not null } => situation.BoundPods.Count(static p => !p.IsReady) is > 0 and int down
            ? [string.Create(CultureInfo.InvariantCulture, $"{down} of {Counted.Of(situation.BoundPods.Length, "pod")} on it {Counted.Noun(down, "is", "are")} not ready")] : [],
        _ => [],
    };

    private static IEnumerable<string> Warnings(Situation situation, DateTimeOffset now) =>
        from alike in situation.Events.Where(static e => e.Type == "Warning").GroupBy(static e => (e.Reason, e.About.Kind))
        let newest = alike.MaxBy(static e => e.LastSeen)!
        orderby newest.LastSeen descending, newest.Reason
        select string.Create(
            CultureInfo.InvariantCulture,
            $"{newest.Reason} on {Counted.Of(alike.Select(static e => e.About.Name).Distinct().Count(), newest.About.Kind)}, {Times(alike.Sum(static e => e.Count))}, last {Changes.ChangeFinder.Text(now - newest.LastSeen)} ago: {BoundedText.Of(newest.Message, MaxQuote)}");

    private static string Times(int count) => count == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{count} times");

    private static IEnumerable<string> Unknown(DiagnosisCase @case)
    {
        Situation situation = @case.Situation;
        if (TrafficText.Unknown(situation) is { } traffic)
        {
            yield return traffic;
        }

        if (@case.Failures is [{ } first, ..] && situation.Logs.All(static l => l.Lines.IsEmpty))
        {
            yield return $"what {first.Container.Name} says: no log of a failing container could be read";
        }

        if (situation.Around.Secrets is null && situation.Pods.Any(static p => p.Containers.Any(static c => c.ConfigReferences.Any(static r => r.Kind == "Secret"))))
        {
            yield return "whether a Secret that its pods read changed: Secrets are not observed";
        }

        if (!situation.Around.SeesCluster)
        {
            yield return "nodes, volumes and webhooks: the operator sees some namespaces alone";
        }
    }

    // What it says is not repeated: whoever reads the incident may be no human.
    private static IEnumerable<string> Suspicious(DiagnosisCase @case)
    {
        Situation situation = @case.Situation;
        IEnumerable<(string Where, IEnumerable<string> Texts)> sources =
        [
            .. situation.Logs.Select(static l => ($"the log of {l.Container} in Pod/{l.Pod}", (IEnumerable<string>)l.Lines)),
            .. situation.Events.GroupBy(static e => e.About).Select(static e => ($"an Event on {e.Key}", e.Select(static x => x.Message))),
            .. @case.Input.Signals.Select(static s => ($"the signal {s.Name}", (IEnumerable<string>)[s.Summary])),
            ("the summary of the incident", [@case.Input.Spec.Summary]),
            ($"an annotation of {situation.Subject}", situation.Workload?.Annotations.Values ?? []),
        ];
        return sources.Where(static s => s.Texts.Any(OrderText.IsIn))
            .Select(static s => $"{s.Where} holds text that gives orders to its reader or hides something; it was read as data, and nothing of it was done");
    }

    private static ImmutableArray<string> Lines(IEnumerable<string> lines) => [.. lines.Take(MaxLines).Select(static l => BoundedText.Of(l, MaxLine))];
}
