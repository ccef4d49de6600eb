using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Tests.Actions;
using Firstline.Core.Verification;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Verification;

public sealed class DeclaredChecksTests
{
    private const bool True = true;
    private static readonly DateTimeOffset Now = Sample.Now.AddMinutes(5);
    private static readonly MetricCheck Errors = new() { Name = "errors", Query = "rate", Max = "0.01" };
    private static readonly ProbeCheck Home = new() { Name = "home", Destination = "shop" };

    private static readonly VerificationInput Good = new()
    {
        Spec = new(),
        Target = Sample.Web,
        Record = new() { ReadyPodsBefore = 3 },
        ChangedAt = Sample.Now,
        Situation = Sample.Healthy,
        Incident = Sample.With(SignalState.Resolved),
        IsCacheCurrent = true,
    };

    public static TheoryData<string, MetricAnswer, bool?> Metrics => new()
    {
        { "within", Answer(0.004), True },
        { "on the bound", Answer(0.01), True },
        { "above", Answer(0.011), false },
        { "one of several above", Answer(0, 0.2), false },
        { "infinite", Answer(double.PositiveInfinity), false },
        { "not a number", Answer(double.NaN), null },
        { "one of several not a number", Answer(0, double.NaN), null },
        { "no such series", Answer(), null },
        { "no answer", new MetricAnswer.Unknown("it can't be reached"), null },
    };

    [Theory]
    [MemberData(nameof(Metrics))]
    public void A_metric_holds_when_every_number_is_within_its_bounds(string situation, MetricAnswer answer, bool? expected) =>
        Ends(new() { Metrics = [Errors] }, "Metric/errors", new CheckReading.OfMetric(Now, answer), expected, situation);

    [Theory]
    [InlineData(0, "0 and 1 more, at most 0.01")]
    [InlineData(7, "7, should be at most 0.01")]
    public void What_a_metric_says_has_its_number_and_its_bound_and_no_label(double value, string message)
    {
        MetricAnswer answer = new MetricAnswer.Samples([new("{customer=\"acme\"}", value), new("{customer=\"other\"}", 0)]);
        VerificationInput input = Good with
        {
            Spec = new() { Metrics = [Errors] },
            Readings = ImmutableDictionary<string, CheckReading>.Empty.Add("Metric/errors", new CheckReading.OfMetric(Now, answer)),
        };

        Verifier.Look(input, Now).Record.Checks.Should().ContainSingle(static c => c.Name == "Metric/errors").Which.Message.Should().Be($"Metric/errors: {message}");
    }

    [Theory]
    [InlineData("at least", "0.5", null, 0.4, false)]
    [InlineData("at least, met", "0.5", null, 0.6, true)]
    [InlineData("between", "-1", "1", 0, true)]
    [InlineData("below both", "-1", "1", -1.1, false)]
    [InlineData("a bound that no schema has seen", "many", null, 1, null)]
    public void A_metric_may_have_either_bound(string situation, string? min, string? max, double value, bool? expected) =>
        Ends(new() { Metrics = [Errors with { Min = min, Max = max }] }, "Metric/errors", new CheckReading.OfMetric(Now, Answer(value)), expected, situation);

    [Theory]
    [InlineData("as declared", 200, null, true)]
    [InlineData("an error", 503, null, false)]
    [InlineData("a redirect", 302, null, false)]
    [InlineData("a redirect that is wanted", 302, 302, true)]
    [InlineData("no answer", null, null, null)]
    public void A_probe_holds_when_it_is_answered_as_declared(string situation, int? answered, int? wanted, bool? expected)
    {
        ProbeAnswer answer = answered is { } code ? new ProbeAnswer.Status(code) : new ProbeAnswer.Unknown("it can't be reached");
        Ends(new() { Probes = [Home with { Status = wanted }] }, "Probe/home", new CheckReading.OfProbe(Now, answer), expected, situation);
    }

    [Theory]
    [InlineData("succeeded", "report-2", 1, "Complete", true)]
    [InlineData("failed", "report-2", 1, "Failed", false)]
    [InlineData("still runs", "report-2", 1, "", null)]
    [InlineData("began before the change", "report-2", -1, "Complete", null)]
    [InlineData("another CronJob's", "other-2", 1, "Complete", null)]
    public void A_Job_has_to_begin_after_the_change_and_to_succeed(string situation, string name, int minutes, string condition, bool? expected)
    {
        JobFacts job = new()
        {
            Ref = new() { Kind = "Job", Name = name, Namespace = "shop" },
            Controller = new() { ApiVersion = "batch/v1", Kind = "CronJob", Name = name.Split('-')[0], Uid = "c" },
            CreatedAt = Sample.Now.AddMinutes(minutes),
            Conditions = condition.Length == 0 ? [] : [new(condition, ConditionStatus.True, "", "", null)],
        };
        CheckReading reading = new CheckReading.OfJobs(Now, [job, job with { CreatedAt = Sample.Now.AddHours(-1), Conditions = [] }]);

        Ends(new() { Jobs = [new() { Name = "run", CronJob = "report" }] }, "Job/run", reading, expected, situation);
        Ends(new() { Jobs = [new() { Name = "run", Job = "report-2" }] }, "Job/run", reading, expected, situation);
    }

    [Fact]
    public void The_newest_Job_counts()
    {
        JobFacts failed = new() { Ref = new() { Kind = "Job", Name = "smoke" }, CreatedAt = Sample.Now.AddMinutes(1), Conditions = [new("Failed", ConditionStatus.True, "", "", null)] };
        JobFacts again = failed with { CreatedAt = Sample.Now.AddMinutes(2), Conditions = [new("Complete", ConditionStatus.True, "", "", null)] };
        Ends(new() { Jobs = [new() { Name = "run", Job = "smoke" }] }, "Job/run", new CheckReading.OfJobs(Now, [failed, again]), True, "the second one");
    }

    [Theory]
    [InlineData("not read", null)]
    [InlineData("asked before the change", -301)]
    [InlineData("asked half a minute ago and more", -31)]
    [InlineData("asked by a clock that was put back since", 60)]
    public void What_was_not_read_since_the_change_is_never_taken_as_success(string situation, int? seconds)
    {
        CheckReading? reading = seconds is { } at ? new CheckReading.OfMetric(Now.AddSeconds(at), Answer(0)) : null;
        Ends(new() { Metrics = [Errors] }, "Metric/errors", reading, null, situation);
    }

    [Fact]
    public void A_reading_of_another_kind_tells_nothing() =>
        Ends(new() { Metrics = [Errors] }, "Metric/errors", new CheckReading.OfProbe(Now, new ProbeAnswer.Status(200)), null, "a probe's answer");

    [Fact]
    public void A_check_that_fails_while_another_is_not_answered_is_left_to_a_human()
    {
        VerificationInput input = Good with
        {
            Spec = new() { Metrics = [Errors], Probes = [Home] },
            Readings = ImmutableDictionary<string, CheckReading>.Empty.Add("Metric/errors", new CheckReading.OfMetric(Now, Answer(1))),
        };
        Verifier.Look(input, Now).Record.Result.Should().Be(VerificationResult.Inconclusive);
    }

    [Fact]
    public void A_target_that_is_not_healthy_is_judged_by_itself_whatever_the_checks_say()
    {
        VerificationInput input = Good with { Spec = new() { Metrics = [Errors] }, Situation = Sample.Broken };
        Verifier.Look(input, Now).Record.Result.Should().Be(VerificationResult.Unchanged);
    }

    [Fact]
    public void All_checks_together_have_to_hold_for_the_stable_time()
    {
        VerificationInput input = Good with { Spec = new() { Metrics = [Errors] } };
        VerificationRecord record = new();
        foreach ((int second, double value) in new[] { (0, 0.0), (20, 1.0), (25, 0.0), (54, 0.0) })
        {
            DateTimeOffset at = Sample.Now.AddSeconds(second);
            record = Verifier.Look(input with { Record = record, Readings = Read(at, value) }, at).Record;
            record.Result.Should().Be(VerificationResult.Pending, $"second {second}");
        }

        DateTimeOffset end = Sample.Now.AddSeconds(55);
        Verifier.Look(input with { Record = record, Readings = Read(end, 0) }, end).Record.Result.Should().Be(VerificationResult.Recovered);
    }

    private static ImmutableDictionary<string, CheckReading> Read(DateTimeOffset at, double value) =>
        ImmutableDictionary<string, CheckReading>.Empty.Add("Metric/errors", new CheckReading.OfMetric(at, Answer(value)));

    private static MetricAnswer.Samples Answer(params double[] values) => new MetricAnswer.Samples([.. values.Select(static v => new MetricSample("", v))]);

    // At the end of the time: true recovers in the stable time, false was tried and did not help, null is a human's to decide.
    private static void Ends(VerificationSpec spec, string name, CheckReading? reading, bool? expected, string situation)
    {
        VerificationInput input = Good with { Spec = spec, Record = new() { ReadyPodsBefore = 3, HealthySince = Sample.Now } };
        VerificationLook look = Verifier.Look(reading is null ? input : input with { Readings = ImmutableDictionary<string, CheckReading>.Empty.Add(name, reading) }, Now);

        look.Record.Checks.Should().ContainSingle(c => c.Name == name).Which.Holds.Should().Be(expected == true, situation);
        look.Record.Result.Should().Be(expected switch { true => VerificationResult.Recovered, false => VerificationResult.Unchanged, null => VerificationResult.Inconclusive }, situation);
    }
}
