using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;

namespace Firstline.Benchmarks.Crashes;

/// <summary>What came of one round.</summary>
/// <param name="Scenario">The trouble.</param>
/// <param name="Ordeal">What was done to the operator.</param>
internal sealed record Performance(Scenario Scenario, Ordeal Ordeal)
{
    /// <summary>How many requests the first operator made.</summary>
    public int Requests => Ordeal.Requests;

    /// <summary>One effect, taken back, or handed to people.</summary>
    public string End { get; private init; } = "";

    /// <summary>What must not be, one sentence each.</summary>
    public ImmutableArray<string> Violations { get; init; } = [];

    /// <summary>Judges by what the API server holds and was asked, and by nothing that an operator says of itself but the outcome that it shows to people.</summary>
    /// <param name="incidents">All that there ever were.</param>
    /// <param name="requests">All that there ever were.</param>
    /// <param name="target">As it is.</param>
    /// <param name="effects">How often an operator changed anything but its own records.</param>
    public Performance Judged(ImmutableArray<Incident> incidents, ImmutableArray<RemediationRequest> requests, JsonNode? target, Effects effects)
    {
        List<string> wrong = [];
        if (incidents.Length != 1 && !(Ordeal.MayOpenMore && incidents.Length > 1))
        {
            wrong.Add($"{incidents.Length} incidents where one is right: {string.Join(", ", incidents.Select(static i => i.Metadata.Name))}");
        }

        bool wasHandedOver = incidents.Any(static i => i.Status?.Clocks?.EscalatedAt is not null);
        RemediationOutcome? last = requests.Where(static r => r.Status?.Steps.IsEmpty == false).MaxBy(static r => r.Status!.Steps[0].IntendedAt)?.Status!.Outcome;
        (string end, int right, bool isAsItShould) = (incidents.OrderBy(static i => i.Status?.Stage != "Escalated").FirstOrDefault()?.Status?.Stage, last) switch
        {
            ("Resolved", RemediationOutcome.Succeeded) => ("one effect", Scenario.Changes, Scenario.IsMended(target)),
            ("Resolved", RemediationOutcome.Inconclusive) => ("one effect, not proven", Scenario.Changes, Scenario.IsMended(target)),
            ("Resolved", { } outcome) when wasHandedOver => ($"handed to people as {outcome}, and over", Scenario.Changes, Scenario.IsMended(target)),
            ("Escalated", RemediationOutcome.RolledBack) => ("taken back", Scenario.Changes + 1, Scenario.IsBack?.Invoke(target) ?? !Scenario.IsMended(target)),
            ("Escalated", RemediationOutcome.RollbackFailed) => ("taken back, not proven", Scenario.Changes + 1, Scenario.IsBack?.Invoke(target) ?? !Scenario.IsMended(target)),
            ("Escalated", RemediationOutcome.Succeeded) => ("contained, and handed to people", Scenario.Changes, Scenario.IsMended(target)),
            ("Escalated", null) => ("handed to people unchanged", 0, !Scenario.IsMended(target)),
            ("Escalated", var outcome) => ($"handed to people as {outcome}", Scenario.Changes, true),
            (var stage, var outcome) => ($"{stage ?? "no incident"}, {outcome?.ToString() ?? "no outcome"}", 0, false),
        };
        // A clock that is wrong may lead to another plan, on another object: what is handed to people may be one change of anything.
        bool areRight = end.StartsWith("handed to people as", StringComparison.Ordinal) ? effects.AreAtMost(right) : effects.Are(right);
        if (!areRight || !isAsItShould)
        {
            wrong.Add($"{end}, with {effects} where {right} is right; the target is {target?["spec"]?.ToJsonString() ?? target?["data"]?.ToJsonString() ?? "gone"}");
        }

        return this with { End = end, Violations = [.. wrong] };
    }

    public override string ToString() => $"{Scenario.Name,-20}  {Ordeal.What}: {(Violations.IsEmpty ? End : $"VIOLATION: {string.Join("; ", Violations)}")}";
}
