using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Signals;

/// <summary>Reads one alert of a webhook body.</summary>
internal static class AlertReader
{
    public const int MaxLabels = 64;
    public const int MaxLabelLength = 256;
    public const int MaxNameLength = 253;   // of spec.signal and status.signals[].name
    public const int MaxSummaryLength = 1024;
    private const string NameLabel = "alertname";

    /// <summary>The alert as a signal, or null with what is wrong with it.</summary>
    public static Signal? Read(JsonElement alert, DateTimeOffset now, out string problem)
    {
        problem = Problem(alert);
        return problem.Length > 0 ? null : ReadSound(alert, now);
    }

    private static Signal ReadSound(JsonElement alert, DateTimeOffset now)
    {
        ImmutableSortedDictionary<string, string> labels = Map(alert, "labels", MaxLabelLength);
        ImmutableSortedDictionary<string, string> annotations = Map(alert, "annotations", MaxSummaryLength);
        string name = BoundedText.Shorten(labels[NameLabel], MaxNameLength);
        bool resolved = Text(alert, "status") == "resolved";
        return new()
        {
            Source = IncidentSource.Alertmanager,
            Name = name,
            Fingerprint = $"alertmanager/{Identity(alert, labels)}",
            State = resolved ? SignalState.Resolved : SignalState.Firing,
            StartsAt = Time(Text(alert, "startsAt")) ?? now,
            // Alertmanager writes the year 1 for "no end yet", and an end in the future for an alert that fires until then.
            EndsAt = resolved ? Time(Text(alert, "endsAt")) ?? now : null,
            Labels = labels,
            Summary = Summary(name, annotations),
            Target = TargetResolver.Resolve(name, labels),
            CauseHint = AlertCatalogue.CauseHint(name, labels),
        };
    }

    private static string Problem(JsonElement alert)
    {
        if (alert.ValueKind != JsonValueKind.Object)
        {
            return "it is not an object";
        }

        if (!alert.TryGetProperty("labels", out JsonElement labels) || labels.ValueKind != JsonValueKind.Object)
        {
            return "it has no object \"labels\"";
        }

        string? status = Text(alert, "status");
        return status is not ("firing" or "resolved") ? "its status is neither \"firing\" nor \"resolved\""
            : labels.EnumerateObject().Count() > MaxLabels ? $"it has more than {MaxLabels} labels"
            : Text(labels, NameLabel) is not { Length: > 0 } ? $"it has no label \"{NameLabel}\""
            : "";
    }

    // Alertmanager's own fingerprint is a hash of the labels; a sender that leaves it out gets the same kind of identity.
    private static string Identity(JsonElement alert, ImmutableSortedDictionary<string, string> labels) =>
        Text(alert, "fingerprint") is { Length: > 0 and <= 64 } given && given.All(char.IsAsciiLetterOrDigit)
            ? given
            : Fingerprints.Hash(string.Join('\n', labels.Select(static l => $"{l.Key}={l.Value}")), 16);

    private static string Summary(string name, ImmutableSortedDictionary<string, string> annotations) =>
        annotations.GetValueOrDefault("summary") is { Length: > 0 } summary ? summary
        : annotations.GetValueOrDefault("description") is { Length: > 0 } description ? description
        : annotations.GetValueOrDefault("message") is { Length: > 0 } message ? message
        : $"alert {name} fires";

    private static ImmutableSortedDictionary<string, string> Map(JsonElement alert, string name, int maxLength)
    {
        if (!alert.TryGetProperty(name, out JsonElement map) || map.ValueKind != JsonValueKind.Object)
        {
            return ImmutableSortedDictionary<string, string>.Empty;
        }

        ImmutableSortedDictionary<string, string>.Builder pairs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty pair in map.EnumerateObject().Where(static p => p.Value.ValueKind == JsonValueKind.String).Take(MaxLabels))
        {
            pairs[BoundedText.Shorten(pair.Name, MaxLabelLength)] = BoundedText.Of(pair.Value.GetString() ?? "", maxLength);
        }

        return pairs.ToImmutable();
    }

    /// <summary>A time of ISO 8601; null for what is none, and for the year 1, which Go writes for no time.</summary>
    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
        && time.Year > 1 ? time : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
