using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Diagnosis.Models;

/// <summary>What an answer may speak of: evidence that is there, objects that were seen, runbooks that are declared.</summary>
/// <param name="Evidence">The incident's evidence, and what the model looked up.</param>
/// <param name="Resources">Objects that the evidence, the rules or the changes name.</param>
/// <param name="Runbooks">Names of the runbooks that may be for it, with each cause that they are declared for.</param>
/// <param name="Redaction">What is taken out of the model's own words.</param>
internal sealed partial record AnswerScope(
    ImmutableArray<EvidenceItem> Evidence, ImmutableArray<TargetRef> Resources, ImmutableHashSet<(string Name, string Cause)> Runbooks, EvidenceRedaction Redaction)
{
    /// <summary>That of an incident as it is now.</summary>
    public static AnswerScope Of(Incident incident, ImmutableArray<Runbook> runbooks, ImmutableArray<EvidenceItem> lookedUp, EvidenceRedaction redaction)
    {
        IncidentStatus status = incident.Status ?? new();
        ImmutableArray<EvidenceItem> evidence = [.. status.Evidence.Where(static e => !ModelMerge.IsLookedUp(e)), .. lookedUp];
        IEnumerable<TargetRef?> known =
        [
            incident.Spec.Target,
            .. status.Hypotheses.SelectMany(static h => (TargetRef?[])[h.Resource, h.DueTo]),
            .. status.Changes.Select(static c => c.Resource),
            .. evidence.SelectMany(e => NamedIn(e.Source, incident.Metadata.Namespace)),
        ];
        return new(evidence, [.. known.OfType<TargetRef>()], [.. runbooks.SelectMany(static r => r.Spec.Match.Causes.Select(c => (r.Metadata.Name, c)))], redaction);
    }

    /// <summary>The object, as it was seen; null for one that was not.</summary>
    public TargetRef? Resource(string kind, string name) => Resources.FirstOrDefault(r => r.Kind == kind && r.Name == name);

    /// <summary>True when the evidence shows the text.</summary>
    public bool Shows(string text) => Evidence.Any(e => e.Excerpt.Contains(text, StringComparison.Ordinal) || e.Source.Contains(text, StringComparison.Ordinal));

    // Sources are words of our own: Pod/web-7c9-x status.containerStatuses[app].
    private static IEnumerable<TargetRef> NamedIn(string source, string? ns) =>
        Named().Matches(source).Select(m => new TargetRef { Kind = m.Groups["kind"].Value, Name = m.Groups["name"].Value, Namespace = Facts.TargetScope.IsClusterScoped(m.Groups["kind"].Value) ? null : ns });

    [GeneratedRegex("(?<![\\w/])(?<kind>[A-Z][A-Za-z]{2,62})/(?<name>[a-z0-9][-a-z0-9.]{0,252})", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
