using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;
using Firstline.Core.Lifecycle;
using Firstline.Core.Planning;
using Firstline.Core.Tests.Actions;
using Firstline.Core.Tests.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Lifecycle;

/// <summary>Whatever the length of what comes in, the API server has room for what is written: a status that it refuses is silence.</summary>
public sealed class BoundsTests
{
    private static readonly string Long = string.Concat(Enumerable.Repeat("a very long word, ", 2000));

    [Fact]
    public void Broken_names_what_is_too_long() =>
        SchemaBounds.Broken(new RemediationRequestSpec { NotFor = Long, LevelReasons = [Long] }, "spec").Should().HaveCount(2);

    [Fact]
    public void Plan_of_many_long_images_fits_its_schema()
    {
        string template = Template("b");
        PlanningInput input = Sample.Planning with
        {
            Situation = Sample.Broken with
            {
                Workload = Sample.Workload with { TemplateJson = template },
                Revisions = [Sample.Revision(2, template, 1, 0), Sample.Revision(1, Template("a"), 3, 3)],
            },
        };

        RemediationRequestSpec spec = Sample.Planned(input).Spec;

        spec.Plan.Summary.Should().HaveLength(1024, "the case is one that does not fit");
        SchemaBounds.Broken(spec, "spec").Should().BeEmpty();
    }

    [Theory]
    [InlineData("nothing yet", null, null)]
    [InlineData("applied", StepState.Applied, null)]
    [InlineData("failed", StepState.Failed, null)]
    [InlineData("about to be undone", StepState.Applied, VerificationResult.Unchanged)]
    [InlineData("being undone", StepState.RollingBack, VerificationResult.Unchanged)]
    [InlineData("not conclusive", StepState.Applied, VerificationResult.Inconclusive)]
    public void ToStatus_of_a_request_fits_its_schema(string situation, StepState? state, VerificationResult? verified)
    {
        GateInput view = Hostile(state, verified);
        foreach (StepOutcome outcome in new StepOutcome[] { new StepOutcome.None(), new StepOutcome.Applied(3, null, Long), new StepOutcome.Drifted(Long), new StepOutcome.Refused(Long), new StepOutcome.NotApplied() })
        {
            RemediationDecision decision = RemediationLifecycle.Decide(view, Sample.Now);
            SchemaBounds.Broken(RemediationReport.ToStatus(view, decision, outcome, Sample.Now), "status").Should().BeEmpty(situation);
        }
    }

    [Fact]
    public void ToStatus_of_an_incident_fits_its_schema()
    {
        RemediationRequest request = Hostile(StepState.Failed, VerificationResult.Worse).Request;
        Incident incident = Sample.Incident with { Status = Sample.Incident.Status! with { Hypotheses = [Sample.BadRollout with { NextStep = Long }] } };
        foreach (IncidentStep step in new IncidentStep[] { new IncidentStep.Follow(request), new IncidentStep.Escalate("Reason", Long, [Long, Long]), new IncidentStep.Resolve("Reason", Long) })
        {
            IncidentView view = new(incident, [.. Enumerable.Repeat(request, 100)]);
            SchemaBounds.Broken(IncidentProgress.ToStatus(view, step, Sample.Now), "status").Should().BeEmpty();
        }
    }

    [Fact]
    public void ToStatus_of_a_runbook_fits_its_schema()
    {
        Runbook runbook = Sample.Undo with { Spec = Sample.Undo.Spec with { Steps = [new() { Name = "s", Action = "SetReplicas", With = Sample.Undo.Spec.Steps[0].With.Add("replicas", Long) }] } };
        runbook = runbook with { Metadata = runbook.Metadata with { Annotations = runbook.Metadata.Annotations.SetItem(AnnotationNames.ApprovedRevision, Long) } };
        RunbookStatus status = RunbookReport.ToStatus(runbook, Sample.Policy, ApprovalIdentity.Verified, [], Sample.Now);
        status.NextStep.Should().StartWith("Mend it");
        SchemaBounds.Broken(status, "status").Should().BeEmpty();
    }

    private static GateInput Hostile(StepState? state, VerificationResult? verified)
    {
        RemediationRequest request = Sample.Request().Annotated(AnnotationNames.Approved, Long);
        RemediationPlan plan = request.Spec.Plan with { Summary = new('s', 1024), Steps = [request.Spec.Plan.Steps[0] with { Summary = new('s', 1024) }] };
        request = request with { Spec = request.Spec with { Level = RemediationLevel.L2, Plan = plan, PlanHash = PlanHash.Of(plan) } };
        request = request.With(s => s with
        {
            Steps = state is { } known ? [Sample.Step(known, Sample.Now) with { Message = new('m', 1024) }] : [],
            Verification = verified is { } result ? new() { Result = result, StartedAt = Sample.Now, Checks = [new() { Name = "c", Message = new('m', 1024) }] } : null,
        });
        SignalRecord[] signals = [.. Enumerable.Range(0, 60).Select(i => Sample.Signal(SignalState.Firing) with { Fingerprint = $"f{i}", Name = new('n', 253) })];
        return Sample.ViewOf(request) with
        {
            Incident = Sample.Incident with { Status = Sample.Incident.Status! with { Signals = [.. signals] } },
            Policy = Sample.Policy with { Protected = new() { Namespaces = [.. Enumerable.Range(0, 100).Select(static i => $"namespace-{i:000}"), "shop"] } },
        };
    }

    private static string Template(string digit)
    {
        IEnumerable<string> containers = Enumerable.Range(0, 4).Select(i =>
            $$"""{"name":"container-{{i}}","image":"registry.example.com/a/rather/long/path/to/the/image-of-container-{{i}}/{{new string('x', 100)}}@sha256:{{new string(digit[0], 64)}}"}""");
        return $$$"""{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{{{string.Join(",", containers)}}}]}}""";
    }
}
