using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;
using Firstline.Core.Lifecycle;
using Firstline.Core.Planning;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Gates;

public sealed class ApprovalGateTests
{
    private static readonly DateTimeOffset Now = Sample.Now;

    private static readonly Firstline.Core.Planning.PlanningInput L2 =
        Sample.Planning with { Runbooks = [Sample.Change(Sample.Undo, s => s with { Level = RemediationLevel.L2 })] };

    private static readonly RemediationRequest Request = Sample.Request(L2);

    [Theory]
    // situation                                        approver            verified allowed reason
    [InlineData("nobody yet", null, true, false, GateReasons.ApprovalRequired)]
    [InlineData("an empty name", " ", true, false, GateReasons.ApprovalRequired)]
    [InlineData("a human, vouched for", "ann", true, false, GateReasons.Approved)]
    [InlineData("a human, not vouched for", "ann", false, false, GateReasons.ApproverUnverified)]
    [InlineData("a human, not vouched for, where the policy says so", "ann", false, true, GateReasons.Approved)]
    [InlineData("a service account", "system:serviceaccount:shop:bot", true, true, GateReasons.ApproverNotHuman)]
    [InlineData("a node in capitals", "SYSTEM:node:n1", true, true, GateReasons.ApproverNotHuman)]
    public void Judge_takes_a_humans_word_alone(string situation, string? approver, bool verified, bool allowed, string reason)
    {
        GateInput view = ViewOf(approver is null ? Request : Named(Request, approver)) with
        {
            Identity = verified ? ApprovalIdentity.Verified : null,
            Policy = Sample.Policy with { Approvals = new() { AllowUnverified = allowed } },
        };
        Judge(view).Reason.Should().Be(reason, situation);
    }

    [Theory]
    // severities of the rule, levels, approvers; the incident's confirmed and suggested severity; needed for L1, for L2
    [InlineData("no rule", null, null, 0, null, null, 0, 1)]
    [InlineData("a rule for all that waits", "", "", 2, null, null, 0, 2)]
    [InlineData("the severity is another", "SEV1", "", 3, Severity.SEV3, null, 0, 1)]
    [InlineData("the severity is it", "SEV1,SEV2", "", 3, Severity.SEV2, null, 0, 3)]
    [InlineData("nobody knows the severity", "SEV1", "", 3, null, null, 0, 3)]
    [InlineData("confirmed as milder than suggested", "SEV1", "", 3, Severity.SEV4, Severity.SEV1, 0, 3)]
    [InlineData("confirmed as worse than suggested", "SEV1", "", 3, Severity.SEV1, Severity.SEV4, 0, 3)]
    [InlineData("a rule that names L1", "SEV1", "L1", 1, Severity.SEV1, null, 1, 1)]
    [InlineData("a rule that names both", "SEV1", "L1,L2", 2, Severity.SEV1, null, 2, 2)]
    public void Quorum_follows_severity_and_level(
        string situation, string? severities, string? levels, int approvers, Severity? confirmed, Severity? suggested, int ofL1, int ofL2)
    {
        ImmutableArray<QuorumRule> rules = severities is null ? [] : [new() { Severities = Parse<Severity>(severities), Levels = Parse<RemediationLevel>(levels!), Approvers = approvers }];
        Incident incident = Sample.Incident with
        {
            Spec = Sample.Incident.Spec with { Severity = confirmed }, Status = Sample.Incident.Status! with { SuggestedSeverity = suggested },
        };
        Severity? severity = Quorum.SeverityOf(incident);
        Quorum.Of(rules, severity, RemediationLevel.L1).Should().Be(ofL1, situation);
        Quorum.Of(rules, severity, RemediationLevel.L2).Should().Be(ofL2, situation);
    }

    [Theory]
    [InlineData("the policy lets it run", true, GateDecision.Open)]
    [InlineData("the policy no longer does", false, GateDecision.Closed)]
    public void Judge_asks_again_about_an_escape_hatch_that_was_planned_to_run_by_itself(string situation, bool isUnattended, GateDecision expected)
    {
        RemediationRequest request = Sample.Request();
        RemediationPlan plan = request.Spec.Plan with { Steps = [request.Spec.Plan.Steps[0] with { Action = "RunJob", Irreversible = "it can't be undone what the Job does" }] };
        request = request with { Spec = request.Spec with { Plan = plan, PlanHash = PlanHash.Of(plan) } };
        GateInput view = Sample.ViewOf(request) with { Policy = Sample.Policy with { Approvals = new() { Unattended = isUnattended ? [EscapeHatch.RunJob] : [] } } };
        new ApprovalGate().Judge(view, Sample.Now).Decision.Should().Be(expected, situation);
    }

    [Fact]
    public void Judge_counts_different_humans_in_turn()
    {
        GateInput view = Two(Request);
        Judge(view).Should().BeEquivalentTo(new { Decision = GateDecision.Closed, Reason = GateReasons.ApprovalRequired, Observed = "0 approvals", Limit = "2 approvals" });

        GateInput ann = Two(Reported(Two(Named(Request, "ann"))));
        Judge(ann).Should().BeEquivalentTo(new { Decision = GateDecision.Closed, Observed = "1 approval", Limit = "2 approvals" });
        Judge(ann).Message.Should().StartWith("2 humans have to approve it, and ann did");
        ann.Request.Status!.Approval.Should().Be("1 of 2 approvals: ann");

        GateInput bob = Two(Reported(Two(Named(ann.Request, "bob"))));
        Judge(bob).Should().BeEquivalentTo(new { Decision = GateDecision.Open, Reason = GateReasons.Approved, Message = "ann and bob approved it" });
        bob.Request.Status!.Approval.Should().Be("by ann, bob");
    }

    [Theory]
    [InlineData("the same once more", "ann")]
    [InlineData("the same in other letters", "ANN")]
    public void Judge_counts_a_human_once(string situation, string again)
    {
        RemediationRequest once = Reported(Two(Named(Request, "ann")));
        RemediationRequest withdrawn = Reported(Two(Unnamed(once)));
        GateInput twice = Two(Reported(Two(Named(withdrawn, again)))) with { ApproverRights = Sample.View.ApproverRights!.Add("ANN", true) };
        Judge(twice).Observed.Should().Be("1 approval", situation);
    }

    [Fact]
    public void Withdrawal_is_recorded_and_nothing_of_the_list_is_lost()
    {
        RemediationRequest ann = Reported(Two(Named(Request, "ann")));
        RemediationRequest both = Reported(Two(Named(ann, "bob")));
        RemediationRequest bobLeft = Reported(Two(Unnamed(both)));
        bobLeft.Status!.Approvals.Select(static a => (a.User, a.Decision)).Should().Equal(
            ("ann", ApprovalDecision.Approved), ("bob", ApprovalDecision.Approved), ("bob", ApprovalDecision.Withdrawn));
        bobLeft.Status.Approvals.Should().StartWith(both.Status!.Approvals, "it is only added to");
        bobLeft.Status.Approver.Should().BeNull();
        Judge(Two(bobLeft)).Message.Should().Contain("and ann did");

        RemediationRequest again = Reported(Two(Named(bobLeft, "bob")));
        Judge(Two(again)).Decision.Should().Be(GateDecision.Open);
    }

    [Fact]
    public void A_full_list_opens_nothing_more()
    {
        ApprovalRecord withdrawn = new() { User = "eve", Decision = ApprovalDecision.Withdrawn, PlanHash = Request.Spec.PlanHash };
        RemediationRequest full = Request.With(s => s with { Approvals = [.. Enumerable.Repeat(withdrawn, ApprovalLog.MaxEntries)] });
        GateInput view = ViewOf(Named(full, "ann"));
        Judge(view).Decision.Should().Be(GateDecision.Closed);
        Reported(view).Status!.Should().Match<RemediationRequestStatus>(static s => s.Approvals.Length == ApprovalLog.MaxEntries && s.Approver == null);
    }

    [Fact]
    public void A_full_list_counts_nobody_when_it_cannot_say_what_the_annotation_says()
    {
        ApprovalRecord approved = new() { User = "ann", Decision = ApprovalDecision.Approved, PlanHash = Request.Spec.PlanHash, Identity = ApprovalIdentity.Verified, SeenAt = Now };
        ApprovalRecord other = approved with { User = "eve", Decision = ApprovalDecision.Withdrawn };
        RemediationRequest full = Request.With(s => s with { Approver = "ann", Approvals = [.. Enumerable.Repeat(other, ApprovalLog.MaxEntries - 1), approved] });
        Judge(ViewOf(Named(full, "ann"))).Decision.Should().Be(GateDecision.Open);
        GateVerdict withdrawn = Judge(ViewOf(full));
        withdrawn.Should().BeEquivalentTo(new { Decision = GateDecision.Closed, Reason = GateReasons.ApprovalsFull, Observed = "0 approvals" }, "ann took her name away");
        withdrawn.Message.Should().StartWith("the list of approvals is full (32)");
        Judge(ViewOf(Named(full, "bob"))).Reason.Should().Be(GateReasons.ApprovalsFull, "bob's name can't be recorded");
    }

    [Fact]
    public void What_approval_says_counts_whoever_had_to_approve_an_L1_request()
    {
        RemediationPolicySpec severe = Sample.Policy with { Approvals = new() { Quorum = [new() { Levels = [RemediationLevel.L1], Approvers = 2 }] } };
        GateInput view = Sample.ViewOf(Named(Sample.Request(), "ann")) with { Policy = severe };
        RemediationRequest one = Reported(view);
        one.Status!.Approval.Should().Be("1 of 2 approvals: ann");
        RemediationRequest both = Reported(view with { Request = Named(one, "bob"), IsLeader = false });
        both.Status!.Approval.Should().Be("by ann, bob", "it waits for another gate");
    }

    [Theory]
    [InlineData("opened the incident by hand", true, false, "ann", GateReasons.ApproverIsAuthor)]
    [InlineData("opened the incident, says the name in other letters", true, false, "Ann", GateReasons.ApproverIsAuthor)]
    [InlineData("wrote the runbook", false, true, "ann", GateReasons.ApproverIsAuthor)]
    [InlineData("another one did", true, true, "eve", GateReasons.Approved)]
    public void Judge_counts_nobody_who_wrote_what_it_rests_on(string situation, bool incident, bool runbook, string author, string reason)
    {
        ImmutableSortedDictionary<string, string> mark = ImmutableSortedDictionary<string, string>.Empty.Add(AnnotationNames.Author, author);
        GateInput view = ViewOf(Named(Request, "ann")) with
        {
            Incident = Manual with { Metadata = Sample.Incident.Metadata with { Annotations = incident ? mark : mark.SetItem(AnnotationNames.Author, "zoe") } },
            Runbook = L2.Runbooks[0] with
            {
                Metadata = L2.Runbooks[0].Metadata with { Annotations = runbook ? L2.Runbooks[0].Metadata.Annotations.AddRange(mark) : L2.Runbooks[0].Metadata.Annotations },
            },
        };
        Judge(view).Reason.Should().Be(reason, situation);
    }

    [Theory]
    [InlineData("a detector opened it", IncidentSource.Detector, null, ApprovalIdentity.Verified, "1 approval")]
    [InlineData("opened by hand, and it is known by whom", IncidentSource.Manual, "eve", ApprovalIdentity.Verified, "1 approval")]
    [InlineData("opened by hand, and nobody says by whom", IncidentSource.Manual, null, ApprovalIdentity.Verified, "2 approvals")]
    [InlineData("opened by hand, and nothing vouches for the name", IncidentSource.Manual, "eve", ApprovalIdentity.Unverified, "2 approvals")]
    [InlineData("opened by hand, and it can't be told whether anything vouches for the name", IncidentSource.Manual, "eve", null, "2 approvals")]
    public void Judge_asks_for_one_more_while_the_author_is_not_known(string situation, IncidentSource source, string? author, ApprovalIdentity? identity, string limit)
    {
        ObjectMeta metadata = Sample.Incident.Metadata;
        GateInput view = ViewOf(Request) with
        {
            Incident = Sample.Incident with
            {
                Spec = Sample.Incident.Spec with { Source = source },
                Metadata = author is null ? metadata : metadata with { Annotations = metadata.Annotations.Add(AnnotationNames.Author, author) },
            },
            AuthorIdentity = identity,
        };
        Judge(view).Limit.Should().Be(limit, situation);
        Judge(view with { Incident = null }).Limit.Should().Be("2 approvals", "an incident that can't be seen may have been opened by the approver");
    }

    [Theory]
    [InlineData("just given", 0, GateReasons.Approved)]
    [InlineData("a second before", 3599, GateReasons.Approved)]
    [InlineData("at its end", 3600, GateReasons.ApprovalExpired)]
    public void An_approval_counts_for_as_long_as_the_policy_says(string situation, int seconds, string reason)
    {
        RemediationPolicySpec policy = Sample.Policy with { Approvals = new() { ValidFor = Duration.From(TimeSpan.FromHours(1)) } };
        RemediationRequest approved = Reported(ViewOf(Named(Request, "ann")) with { Policy = policy });
        new ApprovalGate().Judge(ViewOf(approved) with { Policy = policy }, Now.AddSeconds(seconds)).Reason.Should().Be(reason, situation);
    }

    [Theory]
    [InlineData("it is still there", true, GateReasons.Approved)]
    [InlineData("it was withdrawn", false, GateReasons.ApproverRightMissing)]
    [InlineData("nobody was asked about this user", null, GateReasons.ApproverRightUnknown)]
    public void An_approver_counts_while_the_right_is_there(string situation, bool? right, string reason)
    {
        RemediationRequest approved = Reported(ViewOf(Named(Request, "ann")));
        ImmutableDictionary<string, bool> none = ImmutableDictionary<string, bool>.Empty;
        Judge(ViewOf(approved) with { ApproverRights = right is { } known ? none.Add("ann", known) : none }).Reason.Should().Be(reason, situation);
    }

    [Fact]
    public void A_right_that_cannot_be_asked_about_says_what_to_look_for()
    {
        RemediationRequest approved = Reported(ViewOf(Named(Request, "ann")));
        Judge(ViewOf(approved) with { ApproverRights = null }).Message.Should().Contain(
            "it can't be told whether ann may approve it: the API server does not say; if it lasts, look in the operator's log, and whether the operator may create subjectaccessreviews");
    }

    [Fact]
    public void A_group_may_be_named_after_the_approval()
    {
        RemediationRequest approved = Reported(ViewOf(Named(Request, "ann")));
        RemediationRequest named = Reported(ViewOf(approved.Annotated(AnnotationNames.ApprovedGroups, "oncall,shop-team")));
        named.Status!.Approvals.Should().HaveCount(2).And.Subject.Last().Groups.Should().Equal("oncall", "shop-team");
        Reported(ViewOf(named)).Status!.Approvals.Should().HaveCount(2, "looking again adds nothing");
    }

    [Theory]
    [InlineData(nameof(GateInput.Policy))]
    [InlineData(nameof(GateInput.Identity))]
    [InlineData(nameof(GateInput.ApproverRights))]
    [InlineData(nameof(GateInput.Incident))]
    public void Judge_fails_closed_when_an_input_is_missing(string missing)
    {
        GateInput view = ViewOf(Named(Request, "ann"));
        Judge(view).Decision.Should().Be(GateDecision.Open);
        Judge(missing switch
        {
            nameof(GateInput.Policy) => view with { Policy = null, Identity = null },
            nameof(GateInput.Identity) => view with { Identity = null },
            nameof(GateInput.ApproverRights) => view with { ApproverRights = null },
            _ => view with { Incident = null },
        }).Decision.Should().Be(GateDecision.Closed, missing);
    }

    [Fact]
    public void An_approval_that_was_there_before_admission_counts_only_when_set_anew()
    {
        RemediationRequest named = Named(Request, "ann");
        RemediationRequest seen = Reported(ViewOf(named) with { Identity = ApprovalIdentity.Unverified });
        Judge(ViewOf(seen)).Should().BeEquivalentTo(new { Decision = GateDecision.Closed, Reason = GateReasons.ApproverUnverified });
        Judge(ViewOf(Reported(ViewOf(seen)))).Decision.Should().Be(GateDecision.Closed, "the same annotation is still there");

        RemediationRequest withdrawn = Reported(ViewOf(Unnamed(seen)));
        Judge(ViewOf(Named(withdrawn, "ann"))).Reason.Should().Be(GateReasons.Approved);
    }

    [Theory]
    [InlineData("nobody looked before it", null)]
    [InlineData("nothing checked names at the last look", ApprovalIdentity.Unverified)]
    public void An_approval_that_was_given_before_admission_was_seen_to_check_it_counts_only_when_it_is_set_anew(string situation, ApprovalIdentity? before)
    {
        RemediationRequest given = Named(Request with { Status = new() { ApprovalIdentity = before } }, "ann");
        Judge(ViewOf(given)).Should().BeEquivalentTo(new { Decision = GateDecision.Closed, Reason = GateReasons.ApproverUnverified }, situation);

        RemediationRequest seen = Reported(ViewOf(given));
        (seen.Status!.ApprovalIdentity, seen.Status.Approvals.Single().Identity).Should().Be((ApprovalIdentity.Verified, ApprovalIdentity.Unverified));
        Judge(ViewOf(seen)).Message.Should().StartWith("the annotation of ann may be older than the admission policy; take it away (firstline.dev/approved-) and set it anew");
        Judge(ViewOf(Named(Reported(ViewOf(Unnamed(seen))), "ann"))).Reason.Should().Be(GateReasons.Approved);
    }

    [Theory]
    [InlineData("withdrawn before the first change", false, GateReasons.ApprovalRequired)]
    [InlineData("withdrawn halfway", true, GateReasons.Approved)]
    public void An_approval_is_kept_by_a_request_that_has_begun(string situation, bool begun, string reason)
    {
        RemediationRequest request = Request.With(s => s with
        {
            Approver = "ann",
            Approvals = [new() { User = "ann", PlanHash = Request.Spec.PlanHash, Identity = ApprovalIdentity.Verified }],
            Steps = begun ? [Sample.Step(StepState.Applied, Now)] : [],
        });
        Judge(ViewOf(request)).Reason.Should().Be(reason, situation);
    }

    [Fact]
    public void What_began_without_an_approval_can_be_approved_when_one_is_asked_for_halfway()
    {
        RemediationRequest alone = Sample.Request();
        GateInput halfway = Sample.ViewOf(alone.With(_ => new() { Steps = [Sample.Step(StepState.Intended, null) with { Name = alone.Spec.Plan.Steps[0].Name, StartedAt = Now }] }))
            with { Policy = Sample.Policy with { Approvals = new() { Quorum = [new() { Levels = [RemediationLevel.L1], Approvers = 2 }] } } };
        RemediationRequest waits = Reported(halfway);
        waits.Status!.Gate.Should().Be(ApprovalGate.GateName);
        RemediationRequest one = Reported(halfway with { Request = Named(waits, "ann") });
        (one.Status!.Gate, one.Status.Approval).Should().Be((ApprovalGate.GateName, "1 of 2 approvals: ann"));
        ApprovalLog.RightsToAsk(halfway with { Request = one }, Now).Should().ContainSingle().Which.User.Should().Be("ann", "without the right it counts for nothing");
        RemediationRequest both = Reported(halfway with { Request = Named(one, "bob") });
        (both.Status!.Gate, both.Status.Approval).Should().Be((null, "by ann, bob"));
        Judge(halfway with { Request = Unnamed(both) }).Decision.Should().Be(GateDecision.Open, "it is kept from then on");
        ApprovalLog.RightsToAsk(halfway with { Request = both }, Now).Should().BeEmpty();
        NextStepText.Waiting(waits, Judge(halfway)).Should().StartWith("Waits for approval. To approve: ", "nothing ends it at that time any more");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Without_a_name_it_is_said_to_count_for_nothing(string user)
    {
        GateVerdict verdict = Judge(ViewOf(Named(Request, user)));
        verdict.Message.Should().Contain($"{AnnotationNames.Approved} is there, but empty");
        NextStepText.Waiting(Named(Request, user), verdict).Should()
            .StartWith("The approval annotation is empty and counts for nothing. Waits for approval until ").And.Contain($"--overwrite {AnnotationNames.Approved}=\"<your user name>\"");
        NextStepText.Waiting(Request, Judge(ViewOf(Request))).Should().StartWith("Waits for approval").And.NotContain("--overwrite");
    }

    [Fact]
    public void An_approval_is_bound_to_the_plan()
    {
        RemediationRequest request = Named(Request, "ann");
        RemediationRequest swapped = request with { Spec = request.Spec with { Plan = request.Spec.Plan with { Summary = "something else" } } };
        Judge(ViewOf(swapped)).Should().BeEquivalentTo(new { Decision = GateDecision.Refused, Reason = GateReasons.PlanHashMismatch });

        RemediationRequest elsewhere = Request.With(s => s with { Approver = "ann", Approvals = [new() { User = "ann", PlanHash = "another", Identity = ApprovalIdentity.Verified }] });
        Judge(ViewOf(Named(elsewhere, "ann"))).Reason.Should().Be(GateReasons.ApprovalRequired, "the record is for another plan");
    }

    [Fact]
    public void Approval_is_asked_for_when_the_rules_became_stricter_since_planning()
    {
        Judge(Sample.View).Reason.Should().Be(GateReasons.ApprovalNotNeeded);
        Judge(Sample.View with { Policy = new() { MaxMode = OperatingMode.Suggest } }).Reason.Should().Be(GateReasons.ApprovalRequired);
        RemediationPolicySpec production = Sample.Policy with { Protected = new() { ApprovalNamespaces = ["shop"] } };
        RemediationRequest drain = DrainSample.Request(DrainSample.Planning with { Policy = production });
        drain.Spec.LevelReasons.Should().Contain("the policy asks for approval in namespace shop", "its pods are evicted");
        drain = drain with { Spec = drain.Spec with { Level = RemediationLevel.L1 } };
        new ApprovalGate().Judge(DrainSample.ViewOf(drain) with { Policy = production }, Now).Reason.Should().Be(GateReasons.ApprovalRequired);
        Judge(Sample.View with { Policy = production }).Reason.Should().Be(GateReasons.ApprovalRequired);
        RemediationPolicySpec severe = Sample.Policy with { Approvals = new() { Quorum = [new() { Levels = [RemediationLevel.L1], Approvers = 1 }] } };
        Judge(Sample.View with { Policy = severe }).Reason.Should().Be(GateReasons.ApprovalRequired);
        Judge(Sample.View with { RunbookIdentity = null }).Reason.Should().Be(GateReasons.ApprovalRequired, "the runbook's approval isn't believed");
        RemediationRequest forHumans = Sample.Request();
        forHumans = forHumans with { Spec = forHumans.Spec with { Level = RemediationLevel.L3 } };
        Judge(ViewOf(forHumans)).Reason.Should().Be(GateReasons.HumansOnly);
    }

    private static Incident Manual => Sample.Incident with { Spec = Sample.Incident.Spec with { Source = IncidentSource.Manual } };

    private static GateInput ViewOf(RemediationRequest request) =>
        Sample.ViewOf(request) with { Runbook = request.Spec.Runbook.Revision == Request.Spec.Runbook.Revision ? L2.Runbooks[0] : Sample.Undo };

    private static GateVerdict Judge(GateInput view) => new ApprovalGate().Judge(view, Now);

    private static GateInput Two(RemediationRequest request) => ViewOf(request) with { Policy = Sample.Policy with { Approvals = new() { Quorum = [new() { Approvers = 2 }] } } };

    private static RemediationRequest Named(RemediationRequest request, string user) => request.Annotated(AnnotationNames.Approved, user);

    private static RemediationRequest Unnamed(RemediationRequest request) =>
        request with { Metadata = request.Metadata with { Annotations = request.Metadata.Annotations.Remove(AnnotationNames.Approved) } };

    private static RemediationRequest Reported(GateInput view) =>
        view.Request with { Status = RemediationReport.ToStatus(view, RemediationLifecycle.Decide(view, Now), new StepOutcome.None(), Now) };

    private static ImmutableArray<T> Parse<T>(string names)
        where T : struct => [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<T>)];
}
