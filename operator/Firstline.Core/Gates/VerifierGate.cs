using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Closed to a plan whose declared checks can't be asked as the operator is configured, may not be, or get no answer before the first change: nobody could tell whether it helped.</summary>
public sealed class VerifierGate : IGate
{
    /// <inheritdoc/>
    public string Name => "Verifier";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        VerificationSpec spec = input.Request.Spec.Verification;
        return VerifierFacts.WhyUnable(spec, input.Verifiers) is { } why ? this.Closed(GateReasons.VerifierMissing, why)
            : WhyForbidden(input) is { } forbidden ? this.Closed(GateReasons.MetricsForbidden, forbidden)
            : input.HasBegun ? this.Open("what has begun is finished")
            : Asked(spec).Select(check => Judge(check.Name, check.Text, input.Readings, now)).OfType<GateVerdict>().OrderBy(static v => v.Reason == GateReasons.VerifierAsked).FirstOrDefault()
                ?? this.Open("what it is verified by is configured, and answers");
    }

    /// <summary>Why its metrics may not be asked, whoever planned it; null when they may.</summary>
    /// <param name="input">What the request is judged by.</param>
    public static string? WhyForbidden(GateInput input) =>
        MetricRights.WhyNot(input.Request.Spec.Verification, input.Request.Spec.Runbook.Namespace, input.Policy, input.OperatorNamespace);

    /// <summary>True for a verdict that an answer would change: what is asked outside the cluster is asked only when nothing but such a verdict is in the way of a change.</summary>
    /// <param name="verdict">A verdict of any gate.</param>
    public static bool IsUnanswered(GateVerdict verdict) => verdict.Reason is GateReasons.VerifierAsked or GateReasons.VerifierAway;

    // Jobs are made after the change: there is nothing to ask before it.
    private static IEnumerable<(string Name, string Text)> Asked(VerificationSpec spec) =>
        spec.Metrics.Select(static m => (CheckNames.Of(m), $"metric {m.Name}"))
            .Concat(spec.Probes.Where(static p => p.MayBeDown != true).Select(static p => (CheckNames.Of(p), $"probe {p.Name}")));

    // That one does not answer stays said until it does, whatever the others say, so that asking in vain writes no status.
    private GateVerdict? Judge(string name, string text, ImmutableDictionary<string, CheckReading> readings, DateTimeOffset now) => readings.GetValueOrDefault(name) switch
    {
        { WhyUnanswered: { } why } => this.Closed(
            GateReasons.VerifierAway, $"{text} of its verification is not answered, so that nobody could tell whether the change helped: {why}", "no answer", "an answer"),
        { } reading when reading.At <= now && now - reading.At <= CheckReading.Lifetime => null,
        _ => this.Closed(GateReasons.VerifierAsked, $"{text} of its verification is asked right before the change, and is not answered yet", "no answer yet", "an answer"),
    };
}
