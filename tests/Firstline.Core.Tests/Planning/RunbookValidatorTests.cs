using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Planning;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Planning;

public sealed class RunbookValidatorTests
{
    [Fact]
    public void Validate_is_content_with_a_good_runbook() => RunbookValidator.Validate(Sample.Undo.Spec).Should().BeEmpty();

    [Fact]
    public void Validate_is_content_with_a_runbook_that_was_stopped_as_the_documentation_says() =>
        Problems(s => s with { Level = RemediationLevel.L3, Mode = OperatingMode.Observe }).Should().BeEmpty();

    [Theory]
    [InlineData("a mistyped action", "RolloutUnd", "spec.steps[s].action: there is no action RolloutUnd; did you mean RolloutUndo?")]
    [InlineData("nothing near", "RebootTheWorld", "spec.steps[s].action: there is no action RebootTheWorld")]
    [InlineData("letters of the wrong size", "rolloutrestart", "spec.steps[s].action: there is no action rolloutrestart; did you mean RolloutRestart?")]
    public void Validate_suggests_the_action_that_was_meant(string situation, string action, string problem) =>
        Problems(s => s with { Steps = [new() { Name = "s", Action = action }] }).Should().Contain(problem, situation);

    [Theory]
    [InlineData("missing", null, null, "spec.steps[s].with.replicas: missing")]
    [InlineData("not a number", "replicas", "many", "spec.steps[s].with.replicas: must be a whole number from 0 to 1000, not \"many\"")]
    [InlineData("unknown", "replica", "2", "spec.steps[s].with.replica: SetReplicas has no such parameter; did you mean replicas?")]
    public void Validate_reads_parameters(string situation, string? key, string? value, string problem)
    {
        ImmutableSortedDictionary<string, string> with = ImmutableSortedDictionary<string, string>.Empty;
        RunbookStep step = new() { Name = "s", Action = "SetReplicas", With = key is null ? with : with.Add(key, value!) };
        Problems(s => s with { Steps = [step] }).Should().Contain(p => p.StartsWith(problem), situation);
    }

    [Fact]
    public void Validate_finds_contradictions()
    {
        Problems(s => s with { Match = s.Match with { Causes = [] } }).Should().Contain(p => p.StartsWith("spec.match.causes"));
        Problems(s => s with { Match = s.Match with { Causes = ["BadRolout"] } }).Should().ContainSingle().Which.Should().EndWith("did you mean BadRollout?");
        Problems(s => s with { Steps = [] }).Should().Contain("spec.steps: a runbook has at least one step");
        Problems(s => s with { Steps = [s.Steps[0], s.Steps[0]] }).Should().Contain("spec.steps: the name undo is used 2 times");
        Problems(s => s with { Match = s.Match with { Kinds = ["ConfigMap"] } }).Should().ContainSingle().Which.Should().Contain("RolloutUndo in step undo can't change a ConfigMap");
        Problems(s => s with { Verification = new() { TargetHealthy = false, SignalResolved = false } }).Should().ContainSingle().Which.Should().Contain("nothing would be verified");
        Problems(s => s with { Verification = new() { StableFor = Minutes(5), Timeout = Minutes(5) } }).Should().ContainSingle().Which.Should().Contain("can never be reached");
        Problems(s => s with { Verification = new() { Timeout = Minutes(61) } }).Should().ContainSingle().Which.Should().Contain("at most 1h");
        Problems(s => s with { Limits = new() { MaxPerHour = 0 } }).Should().ContainSingle().Which.Should().Contain("would never run");
        Problems(s => s with { Mode = OperatingMode.Observe }).Should().ContainSingle().Which.Should().Contain("contradicts level L1");
        Problems(s => s with { Steps = [new() { Name = "s", Action = "RolloutUndo", With = ImmutableSortedDictionary<string, string>.Empty.Add("to", "1") }] })
            .Should().Contain("spec.steps[s].with.to: RolloutUndo takes no parameters");
        Problems(s => s with { Steps = [new() { Name = "s", Action = "SetResources", With = ImmutableSortedDictionary<string, string>.Empty.Add("memoryFactor", "0").Add("memoryMax", "lots") }] })
            .Should().HaveCount(2);
        Problems(s => s with { Steps = [new() { Name = "s", Action = "SetResources" }] }).Should().ContainSingle().Which.Should().StartWith("spec.steps[s].with: give memoryMax");
    }

    [Theory]
    [InlineData("a metric without bounds", "spec.verification.metrics[errors]: give min, max or both")]
    [InlineData("bounds that exclude each other", "spec.verification.metrics[errors]: no number is at least 2 and at most 1")]
    [InlineData("a query that grows too long", "spec.verification.metrics[errors].query: with the names of a target in it")]
    [InlineData("a name that is used twice", "spec.verification.metrics: the name errors is used 2 times")]
    [InlineData("a Job and a CronJob", "spec.verification.jobs[smoke]: give either job or cronJob")]
    [InlineData("neither", "spec.verification.jobs[smoke]: give either job or cronJob")]
    public void Validate_reads_declared_checks(string situation, string problem)
    {
        MetricCheck metric = new() { Name = "errors", Query = "up", Max = "1" };
        VerificationSpec spec = situation switch
        {
            "a metric without bounds" => new() { Metrics = [metric with { Max = null }] },
            "bounds that exclude each other" => new() { Metrics = [metric with { Min = "2" }] },
            "a query that grows too long" => new() { Metrics = [metric with { Query = string.Concat(Enumerable.Repeat("{name}", 17)) }] },
            "a name that is used twice" => new() { Metrics = [metric, metric] },
            "a Job and a CronJob" => new() { Jobs = [new() { Name = "smoke", Job = "a", CronJob = "b" }] },
            _ => new() { Jobs = [new() { Name = "smoke" }] },
        };

        Problems(s => s with { Verification = spec }).Should().ContainSingle().Which.Should().StartWith(problem);
        Problems(s => s with { Verification = new() { TargetHealthy = false, SignalResolved = false, Metrics = [metric] } }).Should().BeEmpty("a metric alone can verify");
    }

    private static Duration Minutes(int minutes) => Duration.From(TimeSpan.FromMinutes(minutes));

    private static ImmutableArray<string> Problems(Func<RunbookSpec, RunbookSpec> change) => RunbookValidator.Validate(change(Sample.Undo.Spec));
}
