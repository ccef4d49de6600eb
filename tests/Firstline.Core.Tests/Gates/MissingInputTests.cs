using System.Reflection;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Gates;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Gates;

/// <summary>Each gate without each of its inputs: closed. The views ask for all that a policy can ask for, so that no gate passes an input by.</summary>
public sealed class MissingInputTests
{
    private static readonly Dictionary<string, (Func<GateInput, GateInput> Take, string Gates)> Missing = new()
    {
        [nameof(GateInput.Policy)] = (static v => v with { Policy = null },
            "Policy,KillSwitch,Storm,ProtectedNamespace,ProtectedObject,Mode,ChangeWindow,BlastRadius,Budget,StagedRollout,Cooldown,Concurrency,Rate,Approval"),
        [nameof(GateInput.Runbook)] = (static v => v with { Runbook = null }, "Mode,Approval"),
        [nameof(GateInput.IsLeader)] = (static v => v with { IsLeader = null }, "Leadership"),
        [nameof(GateInput.Cache)] = (static v => v with { Cache = null }, "CacheFreshness"),
        [nameof(GateInput.Situation)] = (static v => v with { Situation = null }, "Drift,Paused,BlastRadius,DisruptionBudget,ProtectedObject,Cooldown"),
        [nameof(GateInput.Incident)] = (static v => v with { Incident = null }, "StillFiring,Approval"),
        [nameof(GateInput.Requests)] = (static v => v with { Requests = null }, "TargetLock,Cooldown,Concurrency,Rate,Budget"),
        [nameof(GateInput.RunsOfRunbook)] = (static v => v with { RunsOfRunbook = null }, "StagedRollout"),
        [nameof(GateInput.OpenIncidents)] = (static v => v with { OpenIncidents = null }, "Storm"),
        [nameof(GateInput.OperatorNamespace)] = (static v => v with { OperatorNamespace = null }, "Namespace,ProtectedNamespace,Verifier"),
        [nameof(GateInput.Identity)] = (static v => v with { Identity = null }, "Approval"),
        [nameof(GateInput.ApproverRights)] = (static v => v with { ApproverRights = null }, "Approval"),
        [nameof(GateInput.AuthorIdentity)] = (static v => v with { AuthorIdentity = null }, "Approval"),
        [nameof(GateInput.RunbookIdentity)] = (static v => v with { RunbookIdentity = null }, "Approval"),
        [nameof(GateInput.Verifiers)] = (static v => v with { Verifiers = null }, "Verifier"),
        [nameof(GateInput.TimeZones)] = (static v => v with { TimeZones = null }, "ChangeWindow"),
        ["an answer of what it is verified by"] = (static v => v with { Readings = v.Readings.Clear() }, "Verifier"),
        ["what the incident's signals say"] = (static v => v with { Incident = v.Incident! with { Status = null } }, "StillFiring"),
        ["when the caches heard of the cluster last"] = (static v => v with { Cache = v.Cache! with { LastContact = null } }, "CacheFreshness"),
        ["the target in what is seen"] = (static v => v with { Situation = Sample.Broken with { Workload = null } }, "Drift,ProtectedObject"),
        ["the spec by which the plan's hash is known"] = (static v => v with { Request = v.Request with { Spec = v.Request.Spec with { PlanHash = "" } } }, "Approval"),
    };

    public static TheoryData<string> Inputs => [.. Missing.Keys];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void A_gate_without_one_of_its_inputs_is_closed(string missing) =>
        Views().SelectMany(v => NotOpen(Missing[missing].Take(v))).Distinct().Should().BeEquivalentTo(Missing[missing].Gates.Split(','));

    [Fact]
    public void With_all_inputs_every_gate_is_open()
    {
        foreach (GateInput view in Views())
        {
            NotOpen(view).Should().BeEmpty();
        }
    }

    [Fact]
    public void Every_input_that_may_be_missing_is_taken_away_here_from_every_gate_that_reads_any()
    {
        NullabilityInfoContext context = new();
        typeof(GateInput).GetProperties().Where(p => p.CanWrite && context.Create(p).ReadState == NullabilityState.Nullable).Select(static p => p.Name)
            .Should().BeSubsetOf(Missing.Keys, "a new input needs its line");
        GateChain.Forward.Select(static g => g.Name).Except(Missing.Values.SelectMany(static m => m.Gates.Split(',')))
            .Should().BeEquivalentTo(["Rejection", "Expiry"], "these read the request alone");
    }

    // One request that runs by itself, and one that a human has approved, of an incident that a human opened.
    private static GateInput[] Views()
    {
        RemediationPolicySpec policy = Sample.Policy with
        {
            Protected = new() { Labels = Sample.Planning.Policy!.Protected.Labels.Add("tier", "gold") },
            ChangeWindows = [new() { Name = "always", TimeZone = "UTC", Start = "00:00", End = "00:00" }],
        };
        VerificationSpec measured = new() { Metrics = [new() { Name = "errors", Query = "up", Max = "1" }] };
        GateInput alone = Sample.View with
        {
            Policy = policy,
            Request = Sample.View.Request with { Spec = Sample.View.Request.Spec with { Verification = measured } },
            Verifiers = new(HasPrometheus: true, []),
            Readings = Sample.View.Readings.Add("Metric/errors", new CheckReading.OfMetric(Sample.Now, new MetricAnswer.Samples([]))),
        };
        Incident byHand = Sample.Incident with
        {
            Metadata = Sample.Incident.Metadata with { Annotations = Sample.Incident.Metadata.Annotations.Add(AnnotationNames.Author, "zoe") },
            Spec = Sample.Incident.Spec with { Source = IncidentSource.Manual },
        };
        GateInput approved = Sample.ViewOf(Sample.Request().Annotated(AnnotationNames.Approved, "ann")) with
        {
            Policy = policy with { Approvals = new() { Quorum = [new() { Levels = [RemediationLevel.L1], Approvers = 1 }] } },
            Incident = byHand,
        };
        return [alone, approved];
    }

    private static IEnumerable<string> NotOpen(GateInput view) =>
        GateChain.Judge(GateChain.Forward, view, Sample.Now).Where(static v => v.Decision != GateDecision.Open).Select(static v => v.Name);
}
