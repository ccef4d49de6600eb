using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Models;

/// <summary>Writes what a model gets to see: one JSON document in which each text of the cluster is a field of its own, bounded, and searched for secrets once more.</summary>
/// <remarks>It is made of the incident's status alone, which holds no values of Secrets. Evidence that a hypothesis cites comes first; what has no room is counted.</remarks>
internal sealed class ModelInput(Incident incident, ImmutableArray<Runbook> runbooks, EvidenceRedaction redaction)
{
    private const int MaxText = 1000;
    private const int MaxEvidence = 32 * 1024;   // characters of all items
    private const int MaxList = 8;
    private const int MaxRunbooks = 32;

    /// <summary>The document.</summary>
    public string Document() => Write(withTimes: true);

    /// <summary>SHA-256 in hexadecimal digits of the document without its times: what was seen again is the same.</summary>
    public string Hash(string model) => Fingerprints.Hash($"{model}\n{ModelInstructions.Version}\n{Write(withTimes: false)}", 64);

    private string Write(bool withTimes)
    {
        IncidentStatus status = incident.Status ?? new();
        ImmutableArray<Hypothesis> rules = Likeliest.AllOfRules(status.Hypotheses);
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, EvidenceJson.Plain))
        {
            json.WriteStartObject();
            json.WriteStartObject("incident");
            Text(json, "target", incident.Spec.Target.ToString());
            Text(json, "namespace", incident.Metadata.Namespace ?? "");
            Text(json, "category", status.Category ?? "");
            Text(json, "summary", incident.Spec.Summary);
            json.WriteEndObject();
            Each(json, "signals", status.Signals.Take(MaxList), s => { Text(json, "name", s.Name); Text(json, "text", s.Summary); });
            int left = Evidence(json, Ordered(status.Evidence.Where(static e => !ModelMerge.IsLookedUp(e)), rules), withTimes);
            json.WriteNumber("evidenceLeftOut", left);
            Each(json, "hypotheses", rules, h => Rule(json, h));
            Each(json, "changes", status.Changes.Take(MaxList), c => Changed(json, c, withTimes));
            Each(json, "ruledOut", status.Triage?.RuledOut ?? [], r => { Words(json, "causes", r.Causes); Text(json, "why", r.Why); });
            Words(json, "unknown", status.Triage?.Unknown ?? []);
            Each(json, "runbooks", runbooks.Take(MaxRunbooks), r => { Text(json, "name", r.Metadata.Name); Words(json, "causes", r.Spec.Match.Causes); });
            Words(json, "causes", Causes.All);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private int Evidence(Utf8JsonWriter json, ImmutableArray<EvidenceItem> items, bool withTimes)
    {
        int room = MaxEvidence, shown = 0;
        Each(json, "evidence", items.TakeWhile(e => (room -= Math.Min(e.Excerpt.Length, MaxText) + e.Source.Length) >= 0), e =>
        {
            shown++;
            EvidenceJson.Write(json, e, MaxText, redaction);
            Time(json, withTimes ? e.Time : null);
        });
        return items.Length - shown;
    }

    private static ImmutableArray<EvidenceItem> Ordered(IEnumerable<EvidenceItem> evidence, ImmutableArray<Hypothesis> rules)
    {
        ImmutableHashSet<string> cited = [.. rules.SelectMany(static h => h.EvidenceFor.Concat(h.EvidenceAgainst))];
        return [.. evidence.OrderByDescending(e => cited.Contains(e.Id))];
    }

    private void Rule(Utf8JsonWriter json, Hypothesis hypothesis)
    {
        json.WriteString("id", hypothesis.Id);
        json.WriteString("cause", hypothesis.Cause);
        json.WriteNumber("confidence", hypothesis.ConfidencePercent);
        Text(json, "resource", hypothesis.Resource?.ToString() ?? "");
        Text(json, "statement", hypothesis.Statement);
        Words(json, "for", hypothesis.EvidenceFor);
        Words(json, "against", hypothesis.EvidenceAgainst);
    }

    private void Changed(Utf8JsonWriter json, ChangeRecord change, bool withTimes)
    {
        json.WriteString("id", change.Id);
        Text(json, "resource", change.Resource.ToString());
        Text(json, "text", change.Summary);
        Time(json, withTimes ? change.Time : null);
    }

    private static void Time(Utf8JsonWriter json, DateTimeOffset? time)
    {
        if (time is { } at)
        {
            json.WriteString("time", at.UtcDateTime);
        }
    }

    private static void Each<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Words(Utf8JsonWriter json, string name, IEnumerable<string> words)
    {
        json.WriteStartArray(name);
        foreach (string word in words)
        {
            json.WriteStringValue(redaction.Of(word, MaxText).Text);
        }

        json.WriteEndArray();
    }

    private void Text(Utf8JsonWriter json, string name, string text) => json.WriteString(name, redaction.Of(text, MaxText).Text);
}
