using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;
using Firstline.Core.Tests.Actions;
using Firstline.Core.Planning;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Gates;

public sealed class VerifierGateTests
{
    private static readonly VerificationSpec Metric = new() { Metrics = [new() { Name = "errors", Query = "up", Max = "1" }] };
    private static readonly VerificationSpec Probe = new() { Probes = [new() { Name = "home", Destination = "shop" }] };

    public static TheoryData<string, VerificationSpec, VerifierFacts?, string?> Cases => new()
    {
        { "nothing is asked", new(), null, null },
        { "a metric of Prometheus", Metric, new(true, []), null },
        { "a metric without Prometheus", Metric, new(false, ["shop"]), "metric errors of its verification can't be asked: prometheus.url is not set in the operator's configuration" },
        { "a metric of who knows what", Metric, null, "metric errors of its verification can't be asked: prometheus.url is not set in the operator's configuration" },
        { "a probe that is there", Probe, new(false, ["shop"]), null },
        { "a mistyped probe", Probe, new(true, ["shopp"]), "probe home of its verification can't be asked: the operator's destinations.file names no probe shop" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_is_changed_whose_checks_nobody_could_ask(string situation, VerificationSpec spec, VerifierFacts? facts, string? why)
    {
        RemediationRequest request = Sample.Request();
        GateInput view = Sample.ViewOf(request with { Spec = request.Spec with { Verification = spec } }) with { Verifiers = facts };

        GateVerdict verdict = GateChain.Judge(GateChain.Forward, view, Sample.Now).Should().ContainSingle(static v => v.Name == "Verifier").Subject;

        (verdict.Reason, verdict.Decision).Should().Be(why is null ? (GateReasons.Open, GateDecision.Open) : (GateReasons.VerifierMissing, GateDecision.Closed), situation);
        (why is null || verdict.Message == why).Should().BeTrue(verdict.Message);
    }
}
