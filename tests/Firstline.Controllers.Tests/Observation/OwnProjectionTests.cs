using System.Text;
using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Core.Lifecycle;
using Firstline.Core.Planning;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Observation;

public sealed class OwnProjectionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly string Long = new('x', 1000);

    private static readonly RemediationRequest Ended = new()
    {
        Metadata = new() { Name = "undo-1", Namespace = "shop", Uid = "r", CreationTimestamp = Now },
        Spec = new()
        {
            Incident = new() { Name = "web", Uid = "i" },
            Runbook = new() { Namespace = "ops", Name = "undo", Revision = "1" },
            Level = RemediationLevel.L1,
            LevelReasons = ["declared"],
            Hypothesis = new() { Id = "h1", Cause = "BadRollout", Statement = Long },
            Evidence = [new() { Id = "e1", Excerpt = Long }],
            Plan = new() { Summary = "undo it", Target = new() { Kind = "Deployment", Name = "web" }, Steps = [new() { Name = "undo", Action = "RolloutUndo", Summary = Long }] },
        },
        Status = new()
        {
            Outcome = RemediationOutcome.Succeeded,
            Gates = [new() { Name = "Approval", Decision = GateDecision.Closed, Message = Long }],
            OpenGates = [Long],
            Approvals = [new() { User = "alice", SeenAt = Now }],
            Steps = [new() { Name = "undo", State = StepState.Applied, AppliedAt = Now, Message = "undone" }],
            Verification = new() { StartedAt = Now, FinishedAt = Now, Result = VerificationResult.Recovered, Checks = [new() { Name = "TargetHealthy", Holds = true, Message = "2 of 2" }] },
            Conditions = [new() { Type = ConditionTypes.Succeeded, Status = ConditionStatus.True, Reason = "Succeeded", Message = "verified" }],
        },
    };

    private static readonly Incident Over = new()
    {
        Metadata = new() { Name = "web", Namespace = "shop", Uid = "i" },
        Spec = new() { Target = new() { Kind = "Deployment", Name = "web" } },
        Status = new()
        {
            Hypothesis = "BadRollout (90 %)",
            Signals = [new() { Fingerprint = "f", Name = "CrashLoop", State = SignalState.Resolved }],
            Evidence = [new() { Id = "e1", Excerpt = Long }],
            Hypotheses = [new() { Id = "h1", Cause = "BadRollout", Statement = Long, Resource = new() { Kind = "ConfigMap", Name = "web" } }, new() { Id = "h2", Statement = Long }],
            Timeline = [new() { Id = "t", Message = Long }],
            Clocks = new() { ResolvedAt = Now },
            Conditions = [new() { Type = ConditionTypes.Resolved, Status = ConditionStatus.True, Reason = "Remediated" }],
        },
    };

    [Fact]
    public void An_ended_request_tells_its_incident_all_that_it_told_before()
    {
        RemediationRequest small = OwnProjections.ReadRequest(Bytes(Ended));
        Report(small).Should().Be(Report(Ended));
        Bytes(small).Length.Should().BeLessThan(Bytes(Ended).Length - (4 * Long.Length), "bodies, evidence, hypothesis and verdicts are left out");
    }

    [Fact]
    public void A_request_that_ended_in_vain_still_tells_what_not_to_roll_out_again()
    {
        PlannedStep step = Ended.Spec.Plan.Steps[0] with
        {
            Forward = [new() { Verb = MutationVerb.JsonPatch, Body = """[{"op":"replace","path":"/spec/template","value":{"spec":{}}}]""" }],
        };
        RemediationRequest failed = Ended with
        {
            Spec = Ended.Spec with { Plan = Ended.Spec.Plan with { Steps = [step] } },
            Status = Ended.Status! with { Outcome = RemediationOutcome.RolledBack },
        };
        FailedTemplates.Of(Over, [OwnProjections.ReadRequest(Bytes(failed))]).Should().Equal("""{"spec":{}}""");
    }

    [Fact]
    public void An_open_request_is_read_whole()
    {
        RemediationRequest open = Ended with { Status = Ended.Status! with { Outcome = null } };
        Bytes(OwnProjections.ReadRequest(Bytes(open))).Should().Equal(Bytes(open));
    }

    [Fact]
    public void An_incident_that_is_over_keeps_what_leads_to_it_and_nothing_long()
    {
        Incident small = OwnProjections.ReadIncident(Bytes(Over));
        small.Status.Should().BeEquivalentTo(new { Over.Status!.Signals, Over.Status.Clocks, Over.Status.Conditions, Over.Status.Hypothesis });
        small.Status!.Hypotheses.Should().ContainSingle().Which.Resource.Should().Be(Over.Status.Hypotheses[0].Resource, "it decides whether it is a parent");
        Bytes(small).Length.Should().BeLessThan(Long.Length);
    }

    [Fact]
    public void An_open_incident_is_read_whole()
    {
        Incident open = Over with { Status = Over.Status! with { Conditions = [] } };
        Bytes(OwnProjections.ReadIncident(Bytes(open))).Should().Equal(Bytes(open));
    }

    private static string Report(RemediationRequest request)
    {
        Incident incident = Over with { Status = Over.Status! with { Conditions = [] } };
        IncidentStatus status = IncidentProgress.ToStatus(new(incident, [request]), new IncidentStep.Resolve(Reasons.Remediated, "it helped"), Now);
        return Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(status, FirstlineJson.Of<IncidentStatus>()));
    }

    private static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, FirstlineJson.Of<T>());
}
