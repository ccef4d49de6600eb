using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Closed to a plan whose declared checks can't be asked as the operator is configured, may not be, or get no answer before the first change: nobody could tell whether it helped.</summary>
public sealed class VerifierGate : IGate
{
    // What waits for something else is looked at once a minute; right before the change an answer has to be of these seconds (Current).
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2.5);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public string Name => "Verifier";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        VerificationSpec spec = input.Request.Spec.Verification;
        return VerifierFacts.WhyUnable(spec, input.Verifiers) is { } why ? this.Closed(GateReasons.VerifierMissing, why)
            : WhyForbidden(input) is { } forbidden ? this.Closed(GateReasons.MetricsForbidden, forbidden)
            : input.HasBegun ? this.Open("what has begun is finished")
            : Asked(spec).Select(check => Judge(check.Name, check.Text, input.Readings, now)).FirstOrDefault(static v => v is not null)
                ?? this.Open("what it is verified by is configured, and answers");
    }

    /// <summary>Why its metrics may not be asked, whoever planned it; null when they may.</summary>
    /// <param name="input">What the request is judged by.</param>
    public static string? WhyForbidden(GateInput input) =>
        MetricRights.WhyNot(input.Request.Spec.Verification, input.Request.Spec.Runbook.Namespace, input.Policy, input.OperatorNamespace);

    /// <summary>Those readings that are new enough to rest a change on.</summary>
    /// <param name="readings">What was read, by the name of the check.</param>
    /// <param name="now">The time to judge at.</param>
    public static ImmutableDictionary<string, CheckReading> Current(ImmutableDictionary<string, CheckReading> readings, DateTimeOffset now) =>
        readings.Where(r => IsOfLast(CheckReading.Lifetime, r.Value, now)).ToImmutableDictionary();

    // Jobs are made after the change: there is nothing to ask before it.
    private static IEnumerable<(string Name, string Text)> Asked(VerificationSpec spec) =>
        spec.Metrics.Select(static m => (CheckNames.Of(m), $"metric {m.Name}"))
            .Concat(spec.Probes.Where(static p => p.MayBeDown != true).Select(static p => (CheckNames.Of(p), $"probe {p.Name}")));

    private GateVerdict? Judge(string name, string text, ImmutableDictionary<string, CheckReading> readings, DateTimeOffset now) => readings.GetValueOrDefault(name) switch
    {
        { } reading when !IsOfLast(LongestWait, reading, now) => Unanswered(text),
        { WhyUnanswered: { } why } away => this.Closed(
            GateReasons.VerifierAway, $"{text} of its verification is not answered, so that nobody could tell whether the change helped: {why}", "no answer", "an answer", NextTime(away, now)),
        null => Unanswered(text),
        _ => null,
    };

    private GateVerdict Unanswered(string text) => this.Closed(GateReasons.VerifierAway, $"{text} of its verification has just been asked for, and is not answered yet", "no answer yet", "an answer");

    private static DateTimeOffset? NextTime(CheckReading reading, DateTimeOffset now) => reading.At + AskAgain is var next && next > now ? next : null;

    private static bool IsOfLast(TimeSpan time, CheckReading reading, DateTimeOffset now) => reading.At <= now && now - reading.At <= time;
}
