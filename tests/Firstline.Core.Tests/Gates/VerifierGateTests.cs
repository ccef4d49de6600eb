using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
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

    private static readonly ImmutableDictionary<string, CheckReading> Answered = ImmutableDictionary<string, CheckReading>.Empty
        .Add("Metric/errors", new CheckReading.OfMetric(Sample.Now, new MetricAnswer.Samples([]))).Add("Probe/home", new CheckReading.OfProbe(Sample.Now, new ProbeAnswer.Status(503)));

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
        GateInput view = Sample.ViewOf(request with { Spec = request.Spec with { Verification = spec } }) with { Verifiers = facts, Readings = Answered };

        GateVerdict verdict = GateChain.Judge(GateChain.Forward, view, Sample.Now).Should().ContainSingle(static v => v.Name == "Verifier").Subject;

        (verdict.Reason, verdict.Decision).Should().Be(why is null ? (GateReasons.Open, GateDecision.Open) : (GateReasons.VerifierMissing, GateDecision.Closed), situation);
        (why is null || verdict.Message == why).Should().BeTrue(verdict.Message);
    }

    public static TheoryData<string, VerificationSpec, CheckReading?, string?, string?> Answers => new()
    {
        { "Prometheus answers", Metric, MetricAt(0, null), null, null },
        { "Prometheus answers, and has no such series yet", Metric, new CheckReading.OfMetric(Sample.Now, new MetricAnswer.Samples([])), null, null },
        { "its answer is of the last seconds", Metric, MetricAt(-30, null), null, null },
        { "its answer is from before the last seconds", Metric, MetricAt(-31, null), GateReasons.VerifierAsked, NotYet },
        { "it was not asked, or just now", Metric, null, GateReasons.VerifierAsked, NotYet },
        { "Prometheus is away", Metric, MetricAt(-5, "Prometheus: it can't be reached"), GateReasons.VerifierAway,
            "metric errors of its verification is not answered, so that nobody could tell whether the change helped: Prometheus: it can't be reached" },
        { "it was away minutes ago, and is asked again", Metric, MetricAt(-151, "Prometheus: it can't be reached"), GateReasons.VerifierAway,
            "metric errors of its verification is not answered, so that nobody could tell whether the change helped: Prometheus: it can't be reached" },
        { "its answer is of a clock that was put back since", Metric, MetricAt(1, null), GateReasons.VerifierAsked, NotYet },
        { "the probe meets what the trouble made of it", Probe, new CheckReading.OfProbe(Sample.Now, new ProbeAnswer.Status(503)), null, null },
        { "the probe meets nobody", Probe, ProbeAway, GateReasons.VerifierAway,
            "probe home of its verification is not answered, so that nobody could tell whether the change helped: shop: it can't be reached" },
        { "the probe meets nobody, as the runbook expects", new() { Probes = [new() { Name = "home", Destination = "shop", MayBeDown = true }] }, ProbeAway, null, null },
        { "of two one was not asked of late and one is away", Probe with { Metrics = Metric.Metrics }, ProbeAway, GateReasons.VerifierAway,
            "probe home of its verification is not answered, so that nobody could tell whether the change helped: shop: it can't be reached" },
        { "a Job that begins after the change", new() { Jobs = [new() { Name = "smoke", Job = "smoke" }] }, null, null, null },
    };

    private const string NotYet = "metric errors of its verification is asked right before the change, and is not answered yet";

    [Theory]
    [MemberData(nameof(Answers))]
    public void Nothing_is_changed_while_what_verifies_it_does_not_answer(string situation, VerificationSpec spec, CheckReading? reading, string? reason, string? why)
    {
        GateInput view = ViewOf(spec, reading);

        GateVerdict verdict = new VerifierGate().Judge(view, Sample.Now);

        (verdict.Decision, verdict.Reason).Should().Be(reason is null ? (GateDecision.Open, GateReasons.Open) : (GateDecision.Closed, reason), situation);
        (why is null || verdict.Message == why).Should().BeTrue(verdict.Message);
        verdict.NextEligibleTime.Should().BeNull("a time that moves with each question would be a write of the status");
    }

    [Fact]
    public void What_waits_for_a_human_names_the_human_and_not_what_is_asked_afterwards()
    {
        GateInput view = ViewOf(Metric, null);
        GateInput waiting = view with { Request = view.Request with { Spec = view.Request.Spec with { Level = RemediationLevel.L2 } } };
        GateChain.FirstObstacle(GateChain.Judge(GateChain.Forward, waiting, Sample.Now))!.Name.Should().Be(ApprovalGate.GateName);
    }

    [Fact]
    public void A_tenants_metrics_are_judged_by_the_policy_as_it_is_now()
    {
        GateInput view = ViewOf(Metric, MetricAt(0, null));
        GateInput tenant = view with { Request = view.Request with { Spec = view.Request.Spec with { Runbook = view.Request.Spec.Runbook with { Namespace = "shop" } } } };

        new VerifierGate().Judge(tenant, Sample.Now).Should().Match<GateVerdict>(static v => v.Decision == GateDecision.Closed && v.Reason == GateReasons.MetricsForbidden);
        new VerifierGate().Judge(tenant with { Policy = Sample.Policy with { Metrics = new() { Namespaces = ["shop"] } } }, Sample.Now).Decision.Should().Be(GateDecision.Open);
        new VerifierGate().Judge(view with { OperatorNamespace = null }, Sample.Now).Decision.Should().Be(GateDecision.Closed, "it can't be told whose runbook it is");
    }

    [Fact]
    public void What_has_begun_is_finished()
    {
        GateInput view = ViewOf(Metric, MetricAt(0, "Prometheus: it can't be reached"));
        new VerifierGate().Judge(view with { Request = view.Request.With(static s => s with { Steps = [Sample.Step(StepState.Applied, Sample.Now)] }) }, Sample.Now)
            .Decision.Should().Be(GateDecision.Open);
    }

    private static CheckReading.OfProbe ProbeAway => new(Sample.Now, new ProbeAnswer.Unknown("shop: it can't be reached"));

    private static CheckReading.OfMetric MetricAt(int seconds, string? why) =>
        new CheckReading.OfMetric(Sample.Now.AddSeconds(seconds), why is null ? new MetricAnswer.Samples([new("", 1)]) : new MetricAnswer.Unknown(why));

    private static GateInput ViewOf(VerificationSpec spec, CheckReading? reading)
    {
        RemediationRequest request = Sample.Request();
        return Sample.ViewOf(request with { Spec = request.Spec with { Verification = spec } }) with
        {
            Verifiers = new(HasPrometheus: true, ["shop"]),
            Readings = reading is null ? ImmutableDictionary<string, CheckReading>.Empty
                : ImmutableDictionary<string, CheckReading>.Empty.Add(reading is CheckReading.OfMetric ? "Metric/errors" : "Probe/home", reading),
        };
    }
}
