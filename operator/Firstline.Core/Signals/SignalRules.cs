using System.Collections.Immutable;

namespace Firstline.Core.Signals;

/// <summary>What the operator's users declare of signals from outside: own causes, how alerts are classified, and how JSON and CloudEvents are read.</summary>
public sealed record SignalRules
{
    /// <summary>No rules.</summary>
    public static readonly SignalRules None = new();

    /// <summary>Own labels of the taxonomy, each with its category.</summary>
    public ImmutableSortedDictionary<string, string> Causes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>How signals are classified; the first that matches counts.</summary>
    public ImmutableArray<AlertRule> Alerts { get; init; } = [];

    /// <summary>How JSON webhooks are read, by the last part of their path.</summary>
    public ImmutableArray<EventMapping> Webhooks { get; init; } = [];

    /// <summary>How CloudEvents are read, by their type; the first that matches counts.</summary>
    public ImmutableArray<EventMapping> CloudEvents { get; init; } = [];

    /// <summary>True for a label of the taxonomy, published or own.</summary>
    public bool IsCause(string cause) => Facts.Causes.IsKnown(cause) || Causes.ContainsKey(cause);

    /// <summary>The signal with what the rules say of it: cause, category and target.</summary>
    public Signal Classify(Signal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        AlertRule? rule = Alerts.FirstOrDefault(r => r.Matches(signal));
        string? cause = rule?.Cause ?? OwnCause(signal) ?? signal.CauseHint;
        return signal with
        {
            CauseHint = cause,
            Category = rule?.Category ?? (cause is null ? null : Causes.GetValueOrDefault(cause)),
            Target = rule?.Target?.Of(text => text.In(signal.Labels)) ?? signal.Target,
        };
    }

    private string? OwnCause(Signal signal) => signal.Labels.GetValueOrDefault(AlertCatalogue.CauseLabel) is { } cause && Causes.ContainsKey(cause) ? cause : null;
}
