using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;
using Firstline.Core.Lifecycle;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Gates;

/// <summary>What comes of an approval when something else happens at the same time: the stricter of both holds.</summary>
public sealed class ApprovalRaceTests
{
    private static readonly DateTimeOffset Now = Sample.Now;

    private static readonly Runbook Asking = Sample.Change(Sample.Undo, s => s with { Level = RemediationLevel.L2 });

    private static readonly RemediationRequest Request = Sample.Request(Sample.Planning with { Runbooks = [Asking] });

    private static readonly RemediationRequest Approved = Named(Request, "ann");

    private static readonly Dictionary<string, (GateInput View, DateTimeOffset At, RemediationOutcome Outcome)> Ends = new()
    {
        ["approved and refused at once"] = (View(Approved.Annotated(AnnotationNames.Rejected, "no")), Now, RemediationOutcome.Rejected),
        ["approved as it expires"] = (View(Approved), Request.Spec.ExpiresAt, RemediationOutcome.Expired),
        ["approved after it expired"] = (View(Approved), Request.Spec.ExpiresAt.AddHours(1), RemediationOutcome.Expired),
        ["the plan swapped after the approval"] = (View(Approved with { Spec = Approved.Spec with { Plan = Approved.Spec.Plan with { Summary = "another" } } }), Now, RemediationOutcome.Rejected),
        ["the runbook edited after the approval"] = (View(Approved) with { Runbook = Sample.Change(Asking, s => s with { Description = "edited" }) }, Now, RemediationOutcome.Stale),
        ["the target changed after the approval"] = (View(Approved) with { Situation = Sample.Broken with { Workload = Sample.Workload with { Generation = 3 } } }, Now, RemediationOutcome.Stale),
        ["healed after the approval"] = (View(Approved) with { Incident = Sample.With(SignalState.Resolved) }, Now, RemediationOutcome.NoActionRequired),
    };

    public static TheoryData<string> EndNames => [.. Ends.Keys];

    [Theory]
    [MemberData(nameof(EndNames))]
    public void The_stricter_of_both_ends_it(string situation)
    {
        (GateInput view, DateTimeOffset at, RemediationOutcome expected) = Ends[situation];
        RemediationLifecycle.Decide(View(Approved), Now).Step.Should().BeOfType<NextStep.RecordIntent>("alone the approval counts");
        GateInput fresh = view with { Cache = new(HasSynced: true, at) };
        RemediationLifecycle.Decide(fresh, at).Step.Should().BeOfType<NextStep.Conclude>(situation).Which.Outcome.Should().Be(expected, situation);
    }

    private static readonly Dictionary<string, GateInput> Closers = new()
    {
        ["withdrawn"] = View(Unnamed(Intended)),
        ["the right taken away"] = View(Intended) with { ApproverRights = Sample.View.ApproverRights!.SetItem("ann", false) },
        ["nobody can say whether the right is still there"] = View(Intended) with { ApproverRights = null },
        ["the admission policies taken away"] = View(Intended) with { Identity = ApprovalIdentity.Unverified },
        ["a second human asked for"] = View(Intended) with { Policy = Sample.Policy with { Approvals = new() { Quorum = [new() { Approvers = 2 }] } } },
        ["refused"] = View(Intended.Annotated(AnnotationNames.Rejected, "no")),
    };

    public static TheoryData<string> CloserNames => [.. Closers.Keys];

    [Theory]
    [MemberData(nameof(CloserNames))]
    public void Between_the_intent_and_the_change_it_still_stops(string situation)
    {
        GateInput view = Closers[situation];
        RemediationLifecycle.Decide(View(Intended), Now).Step.Should().BeOfType<NextStep.Execute>("nothing has happened");
        RemediationLifecycle.Decide(view, Now).Step.Should().BeOfType<NextStep.Recognise>("nothing may be sent: {0}", situation);
    }

    [Fact]
    public void Of_two_who_write_at_once_one_counts_until_the_other_writes_again()
    {
        GateInput overwritten = Two(Named(Request, "bob"));   // ann's name stood there for a moment that nobody saw
        new ApprovalGate().Judge(overwritten, Now).Should().BeEquivalentTo(new { Decision = GateDecision.Closed, Observed = "1 approval" });
        RemediationRequest bob = Reported(overwritten);
        new ApprovalGate().Judge(Two(Named(bob, "ann")), Now).Decision.Should().Be(GateDecision.Open);
    }

    [Fact]
    public void Whoever_writes_the_same_name_again_counts_once()
    {
        RemediationRequest once = Reported(Two(Approved));
        RemediationRequest twice = Reported(Two(Named(once, "ann")));
        twice.Status!.Approvals.Should().ContainSingle();
        new ApprovalGate().Judge(Two(twice), Now).Decision.Should().Be(GateDecision.Closed);
    }

    private static RemediationRequest Intended => Reported(View(Approved)) is var recorded && recorded.Status!.Steps is [{ State: StepState.Intended }]
        ? recorded
        : throw new InvalidOperationException("the approved request has no intent");

    private static GateInput View(RemediationRequest request) => Sample.ViewOf(request) with { Runbook = Asking };

    private static GateInput Two(RemediationRequest request) => View(request) with { Policy = Sample.Policy with { Approvals = new() { Quorum = [new() { Approvers = 2 }] } } };

    private static RemediationRequest Named(RemediationRequest request, string user) => request.Annotated(AnnotationNames.Approved, user);

    private static RemediationRequest Unnamed(RemediationRequest request) =>
        request with { Metadata = request.Metadata with { Annotations = request.Metadata.Annotations.Remove(AnnotationNames.Approved) } };

    private static RemediationRequest Reported(GateInput view) =>
        view.Request with { Status = RemediationReport.ToStatus(view, RemediationLifecycle.Decide(view, Now), new StepOutcome.None(), Now) };
}
