using System.Collections.Immutable;
using System.Text.Json;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Signals;

/// <summary>Reads one JSON event by its mapping.</summary>
/// <param name="source">Who sends it.</param>
/// <param name="mapping">Which fields say what.</param>
/// <param name="rules">Knows the causes.</param>
/// <param name="now">When it was received; stands in for a missing time.</param>
internal sealed class EventReader(IncidentSource source, EventMapping mapping, SignalRules rules, DateTimeOffset now)
{
    /// <summary>The event as a signal, or null with what is wrong with it.</summary>
    public Signal? Read(JsonElement @event, out string problem)
    {
        problem = @event.ValueKind != JsonValueKind.Object ? "it is not an object" : "";
        return problem.Length > 0 ? null : ReadSound(@event);
    }

    private Signal ReadSound(JsonElement @event)
    {
        ImmutableSortedDictionary<string, string> labels = LabelsOf(@event);
        string name = BoundedText.Of(mapping.Name?.In(@event) ?? mapping.For.Written, AlertReader.MaxNameLength);
        bool resolved = IsOver(@event);
        DateTimeOffset time = AlertReader.Time(mapping.Time?.In(@event)) ?? now;
        TargetRef? target = TargetOf(@event, name, labels);
        return new()
        {
            Source = source,
            Name = name,
            Fingerprint = $"{source.ToString().ToLowerInvariant()}/{Identity(@event, name, target, labels)}",
            State = resolved ? SignalState.Resolved : SignalState.Firing,
            StartsAt = time,
            EndsAt = resolved ? time : null,
            Labels = labels,
            Summary = BoundedText.Of(mapping.Summary?.In(@event) ?? $"{name} was reported", AlertReader.MaxSummaryLength),
            Target = target,
            CauseHint = CauseOf(@event) ?? AlertCatalogue.CauseHint(name, labels),
        };
    }

    private TargetRef? TargetOf(JsonElement @event, string name, ImmutableSortedDictionary<string, string> labels) =>
        mapping.Target is null ? TargetResolver.Resolve(name, labels) : mapping.Target.Of(text => text.In(@event));

    private bool IsOver(JsonElement @event) => mapping.State?.In(@event) is { } state && mapping.Resolved.Contains(state, StringComparer.OrdinalIgnoreCase);

    private string? CauseOf(JsonElement @event) => mapping.Cause?.In(@event) is { } cause && rules.IsCause(cause) ? cause : null;

    private ImmutableSortedDictionary<string, string> LabelsOf(JsonElement @event)
    {
        IEnumerable<(string Name, string? Text)> found = mapping.LabelsAt?.Find(@event) is { ValueKind: JsonValueKind.Object } map
            ? map.EnumerateObject().Where(static p => p.Value.ValueKind == JsonValueKind.String).Select(static p => (p.Name, p.Value.GetString()))
            : [];
        ImmutableSortedDictionary<string, string>.Builder labels = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach ((string name, string? text) in found.Concat(mapping.Labels.Select(l => (l.Key, l.Value.In(@event)))).Where(static l => l.Item2 is not null).Take(AlertReader.MaxLabels))
        {
            labels[BoundedText.Shorten(name, AlertReader.MaxLabelLength)] = BoundedText.Of(text!, AlertReader.MaxLabelLength);
        }

        return labels.ToImmutable();
    }

    // Lengths stand before the texts, so that no text can be taken for two.
    private string Identity(JsonElement @event, string name, TargetRef? target, ImmutableSortedDictionary<string, string> labels)
    {
        IEnumerable<string> texts = mapping.Fingerprint.IsEmpty
            ? labels.Select(static l => $"{l.Key}={l.Value}").Prepend(target is null ? "" : Fingerprints.Of(target)).Prepend(name)
            : mapping.Fingerprint.Select(f => f.In(@event) ?? "");
        return Fingerprints.Hash(string.Concat(texts.Prepend(mapping.For.Written).Select(static t => $"{t.Length}:{t}")), 16);
    }
}
