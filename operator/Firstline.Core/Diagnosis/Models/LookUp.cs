using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Models;

/// <summary>Turns what a model asks to see into evidence, by the same words and bounds as the rules' own.</summary>
public static class LookUp
{
    /// <summary>Kinds of which <see cref="List"/> knows objects.</summary>
    public static ImmutableArray<string> Kinds => StateText.Kinds;

    private const int MaxItems = 8;
    private const int MaxLines = 40;

    /// <summary>What is known of an object: its state, and what the rules would cite of it.</summary>
    /// <param name="situation">The object with what belongs to it.</param>
    /// <param name="now">The time.</param>
    /// <param name="redaction">What is taken out.</param>
    public static Found Of(Situation situation, DateTimeOffset now, EvidenceRedaction redaction)
    {
        ArgumentNullException.ThrowIfNull(situation);
        DiagnosisInput input = new(new IncidentSpec { Target = situation.Subject }, [], situation, now);
        ImmutableArray<FailingContainer> failures = FailureFinder.Find(situation);
        Changes.Dependencies dependencies = new(situation);
        IEnumerable<Observation> cited = EvidenceCollector.Observe(input, dependencies, failures, [.. Changes.ChangeFinder.Find(situation, dependencies, failures, now, now).Select(static c => c.Change)]);
        return Of([StateOf(situation, now), .. cited], redaction, versions: situation.Versions);
    }

    /// <summary>Objects of one kind, each with its state in a line.</summary>
    /// <param name="situation">The incident's target with what lies around it.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="now">The time.</param>
    /// <param name="redaction">What is taken out.</param>
    public static Found List(Situation situation, string kind, DateTimeOffset now, EvidenceRedaction redaction)
    {
        ImmutableArray<string> lines = [.. StateText.Of(situation, kind).Take(MaxLines)];
        return lines.IsEmpty ? new([], []) : Of([new($"list/{kind}", EvidenceKind.Status, $"{kind} objects around {situation.Subject}", now, string.Join(" | ", lines))], redaction);
    }

    /// <summary>The telling lines of a log.</summary>
    public static Found Log(LogFacts log, DateTimeOffset now, EvidenceRedaction redaction)
    {
        ArgumentNullException.ThrowIfNull(log);
        return Of([EvidenceCollector.OfLog(log, now)], redaction, log.Lines);
    }

    /// <summary>Events, the newest first.</summary>
    public static Found Events(IEnumerable<EventFacts> events, EvidenceRedaction redaction)
    {
        ImmutableArray<EventFacts> newest = [.. events.OrderByDescending(static e => e.LastSeen)];
        return Of(newest.Select(EvidenceCollector.OfEvent), redaction, newest.Select(static e => e.Message));
    }

    /// <summary>How the requests of a workload fare.</summary>
    public static Found Traffic(TrafficFacts traffic, DateTimeOffset now, EvidenceRedaction redaction) => Of(TrafficText.Observations(traffic, now), redaction);

    /// <summary>Earlier incidents.</summary>
    public static Found Past(IEnumerable<PastIncident> past, EvidenceRedaction redaction) => Of(past.Select(EvidenceCollector.OfPast), redaction);

    /// <summary>Id of the <paramref name="at"/>th item that is looked up for a question.</summary>
    public static string IdOf(int question, int at) => ModelMerge.LookUpId(question, at);

    private static Observation StateOf(Situation situation, DateTimeOffset now) =>
        new("state", EvidenceKind.Status, $"{situation.Subject} as it is now", now, situation.Exists ? StateText.Of(situation) : "it does not exist");

    // In the words of an item a text may be cleaned of what it hid, or stand behind others: as it was written it shows more.
    private static Found Of(IEnumerable<Observation> observations, EvidenceRedaction redaction, IEnumerable<string>? written = null, ImmutableDictionary<string, string>? versions = null)
    {
        ImmutableArray<Observation> taken = [.. observations.Take(MaxItems)];
        IEnumerable<Observation> telling = taken.Where(static o => OrderText.IsIn(o.Excerpt));
        return new(
            [.. taken.Select(o => EvidenceBook.ItemOf(o, versions ?? ImmutableDictionary<string, string>.Empty, redaction))],
            [.. (written?.Any(OrderText.IsIn) == true ? taken.Take(1) : telling).Select(static o => BoundedText.Shorten(o.Source, 256)).Distinct()]);
    }
}
