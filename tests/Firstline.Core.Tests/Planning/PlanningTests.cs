using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;
using Firstline.Core.Lifecycle;
using Firstline.Core.Planning;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Planning;

public sealed class PlanningTests
{
    [Fact]
    public void Plan_is_complete_and_its_hash_is_the_plans()
    {
        RemediationRequestSpec spec = Sample.Planned().Spec;
        spec.Level.Should().Be(RemediationLevel.L1);
        spec.PlanHash.Should().Be(PlanHash.Of(spec.Plan)).And.HaveLength(64);
        spec.Plan.Target.Should().Be(Sample.Web);
        spec.Plan.TargetGeneration.Should().Be(2);
        spec.Plan.BlastRadius.Should().BeEquivalentTo(new { DisruptedPods = 0, ReadyPods = 3, DesiredPods = 4 });
        spec.ExpiresAt.Should().Be(Sample.Now.AddHours(4));
        spec.Plan.Steps.Should().ContainSingle().Which.Inverse.Should().ContainSingle();
    }

    [Fact]
    public void Plan_has_the_same_name_until_the_attempt_or_the_runbook_changes()
    {
        string name = Sample.Planned().Name;
        Sample.Planned(Sample.Planning with { Now = Sample.Now.AddMinutes(1) }).Name.Should().Be(name);
        Runbook edited = Sample.Change(Sample.Undo, s => s with { Description = "other words" });
        Sample.Planned(Sample.Planning with { Runbooks = [edited] }).Name.Should().NotBe(name);
        RemediationRequest stale = Sample.Request().With(s => s with { Outcome = RemediationOutcome.Stale });
        Sample.Planned(Sample.Planning with { Requests = [stale] }).Name.Should().NotBe(name);
        name.Should().MatchRegex("^undo-[0-9a-f]{8}$");
    }

    [Theory]
    [InlineData("some pods are ready", "RolloutUndo", 3, 4, "0/3 ready pods")]
    [InlineData("a rollout with none ready", "RolloutUndo", 0, 3, "restarts 3 pods, none ready")]
    [InlineData("a restart with none ready", "RolloutRestart", 0, 1, "restarts 1 pod, none ready")]
    [InlineData("scaling with none ready", "SetReplicas", 0, 3, "none of 3 pods ready")]
    [InlineData("scaled to zero", "RolloutUndo", 0, 0, "no ready pods")]
    public void Plan_says_in_words_whom_it_disturbs(string situation, string action, int ready, int desired, string expected)
    {
        RunbookStep step = new() { Name = "s", Action = action, With = action == "SetReplicas" ? ImmutableSortedDictionary<string, string>.Empty.Add("replicas", "5") : ImmutableSortedDictionary<string, string>.Empty };
        PlanningInput input = With(s => s with { Steps = [step] }) with
        {
            Situation = Sample.Broken with { Workload = Sample.Workload with { ReadyPods = ready, DesiredPods = desired } },
        };
        Sample.Planned(input).Spec.Plan.BlastRadius.Summary.Should().Be(expected, situation);
    }

    [Fact]
    public void Plan_never_takes_the_name_of_a_request_that_is_there()
    {
        RemediationRequest second = Sample.Request(Sample.Planning with { Requests = [Stale(Sample.Request())] });

        string name = Sample.Planned(Sample.Planning with { Requests = [Stale(second)] }).Name;

        name.Should().NotBe(second.Metadata.Name, "the first was deleted, and one request is left");

        static RemediationRequest Stale(RemediationRequest request) => request.With(s => s with { Outcome = RemediationOutcome.Stale });
    }

    [Theory]
    [InlineData("undone by another runbook of this incident, in vain", RemediationOutcome.RolledBack, true, "incident-uid", false)]
    [InlineData("meant by another runbook, and never sent", RemediationOutcome.Failed, false, "incident-uid", true)]
    [InlineData("undone in vain for another incident", RemediationOutcome.RolledBack, true, "other-uid", true)]
    public void Plan_never_goes_back_to_a_revision_that_failed_in_this_incident(string situation, RemediationOutcome outcome, bool sent, string incident, bool planned)
    {
        RemediationRequest before = Sample.Request().With(s => s with { Outcome = outcome, Steps = sent ? [Sample.Step(StepState.RolledBack, Sample.Now)] : [] });
        before = before with { Spec = before.Spec with { Incident = new() { Uid = incident }, Runbook = before.Spec.Runbook with { Name = "undo-first" } } };
        PlanningResult result = Planner.Plan(Sample.Planning with { Requests = [before] });
        (result is PlanningResult.Planned).Should().Be(planned, situation);
    }

    [Fact]
    public void Plan_never_goes_back_to_the_revision_that_was_at_work_when_the_trouble_began()
    {
        Situation state = Sample.Broken with { Revisions = [.. Sample.Broken.Revisions.Select(static r => r with { CreatedAt = Sample.Now.AddMinutes(r.Number) })] };
        Planner.Plan(At(2.5)).Should().BeOfType<PlanningResult.Planned>();
        Planner.Plan(At(1.5)).Should().BeOfType<PlanningResult.NotPlanned>().Which.Message.Should().Contain("no older one is known to have been healthy");

        PlanningInput At(double minute) => Sample.Planning with
        {
            Situation = state,
            Incident = Sample.Incident with { Status = Sample.Incident.Status! with { Clocks = new() { StartedAt = Sample.Now.AddMinutes(minute) } } },
        };
    }

    [Theory]
    [InlineData(RemediationOutcome.RolledBack, false)]
    [InlineData(RemediationOutcome.Failed, false)]
    [InlineData(RemediationOutcome.Rejected, false)]
    [InlineData(RemediationOutcome.Expired, false)]
    [InlineData(RemediationOutcome.Inconclusive, false)]
    [InlineData(RemediationOutcome.Succeeded, false)]
    [InlineData(RemediationOutcome.Stale, true)]
    [InlineData(RemediationOutcome.NoActionRequired, true)]
    public void Plan_never_tries_a_runbook_again_on_the_same_incident(RemediationOutcome outcome, bool again)
    {
        RemediationRequest tried = Sample.Request().With(s => s with { Outcome = outcome });
        PlanningResult result = Planner.Plan(Sample.Planning with { Requests = [tried] });
        (result is PlanningResult.Planned).Should().Be(again);
        (result as PlanningResult.NotPlanned)?.Reason.Should().Be(PlanningReasons.AlreadyTried);
    }

    [Theory]
    [InlineData("it did not help", RemediationOutcome.RollbackFailed, true, "RolloutRestart", RemediationLevel.L2)]
    [InlineData("it was never sent", RemediationOutcome.Failed, false, "RolloutRestart", RemediationLevel.L1)]
    [InlineData("it helped", RemediationOutcome.Succeeded, true, "RolloutRestart", RemediationLevel.L1)]
    [InlineData("it did something else", RemediationOutcome.RolledBack, true, "RolloutPause", RemediationLevel.L1)]
    public void Plan_asks_before_it_does_again_what_another_runbook_did_in_vain(string situation, RemediationOutcome outcome, bool sent, string action, RemediationLevel level)
    {
        Runbook restart = Sample.Change(Sample.Undo, static s => s with { Steps = [new() { Name = "undo", Action = "RolloutRestart" }] });
        RemediationRequest before = Sample.Request().With(s => s with { Outcome = outcome, Steps = sent ? [Sample.Step(StepState.Applied, Sample.Now)] : [] });
        RemediationPlan plan = before.Spec.Plan with { Steps = [before.Spec.Plan.Steps[0] with { Action = action }] };
        before = before with { Spec = before.Spec with { Plan = plan, Runbook = before.Spec.Runbook with { Name = "undo-first" } } };
        RemediationRequestSpec planned = Sample.Planned(Sample.Planning with { Runbooks = [restart], Requests = [before] }).Spec;
        planned.Level.Should().Be(level, situation);
        planned.LevelReasons.Any(static r => r.Contains("RolloutRestart was carried out for this incident by ", StringComparison.Ordinal)).Should().Be(level == RemediationLevel.L2);
    }

    [Theory]
    [InlineData(RemediationOutcome.Cancelled, true)]
    [InlineData(RemediationOutcome.Orphaned, false)]
    [InlineData(RemediationOutcome.TakenBack, false)]
    [InlineData(RemediationOutcome.RolledBack, false)]
    public void Plan_knows_from_the_incident_what_was_tried_when_the_request_is_gone(RemediationOutcome outcome, bool again)
    {
        Incident remembers = Sample.Incident with { Status = Sample.Incident.Status! with { Remediations = [new() { Name = "undo-1", Runbook = "undo", Outcome = outcome }] } };
        PlanningResult result = Planner.Plan(Sample.Planning with { Incident = remembers });
        (result is PlanningResult.Planned).Should().Be(again);
        (result as PlanningResult.Planned)?.Name.Should().NotBe(Sample.Planned().Name, "the name of the one that is gone is not used again");
    }

    [Theory]
    [InlineData("its own change", "gone/undo at=2026-11-20T11:00:00Z incident=incident-uid runbook=firstline-system/undo", false)]
    [InlineData("a change for another incident", "gone/undo at=2026-11-20T11:00:00Z incident=other runbook=firstline-system/undo", true)]
    [InlineData("a change by another runbook", "gone/undo at=2026-11-20T11:00:00Z incident=incident-uid runbook=shop/undo", true)]
    public void Plan_knows_from_the_mark_on_the_target_what_was_tried(string situation, string mark, bool again)
    {
        Situation marked = Sample.Broken with { Workload = Sample.Workload with { LastRemediation = RemediationMark.Parse(mark) } };
        (Planner.Plan(Sample.Planning with { Situation = marked }) is PlanningResult.Planned).Should().Be(again, situation);
    }

    [Theory]
    [InlineData("this runbook's change was undone", "gone/undo/undone at=2026-11-20T11:00:00Z incident=other runbook=firstline-system/undo", RemediationLevel.L2)]
    [InlineData("this runbook's change stands", "gone/undo at=2026-11-20T11:00:00Z incident=other runbook=firstline-system/undo", RemediationLevel.L1)]
    [InlineData("another runbook's change was undone", "gone/undo/undone at=2026-11-20T11:00:00Z incident=other runbook=shop/undo", RemediationLevel.L1)]
    public void Plan_asks_before_it_makes_a_change_again_that_was_undone_on_the_target(string situation, string mark, RemediationLevel expected)
    {
        Situation marked = Sample.Broken with { Workload = Sample.Workload with { LastRemediation = RemediationMark.Parse(mark) } };
        RemediationRequestSpec spec = Sample.Planned(Sample.Planning with { Situation = marked }).Spec;
        spec.Level.Should().Be(expected, situation);
        spec.LevelReasons.Contains("what this runbook last changed of the target was undone at 2026-11-20 11:00:00Z").Should().Be(expected == RemediationLevel.L2);
    }

    [Theory]
    [InlineData("cancelled while its first change was meant", "undo-1", "undo", RemediationOutcome.Cancelled, RemediationLevel.L2)]
    [InlineData("gone before it began", "undo-1", "undo", null, RemediationLevel.L2)]
    [InlineData("gone with its plan stale", "undo-1", "undo", RemediationOutcome.Stale, RemediationLevel.L1)]
    [InlineData("of another runbook", "redo-1", "redo", null, RemediationLevel.L1)]
    public void Plan_asks_before_it_runs_what_a_human_deleted(string situation, string name, string runbook, RemediationOutcome? outcome, RemediationLevel expected)
    {
        Incident remembers = Sample.Incident with { Status = Sample.Incident.Status! with { Remediations = [new() { Name = name, Runbook = runbook, Outcome = outcome }] } };
        Sample.Planned(Sample.Planning with { Incident = remembers }).Spec.Level.Should().Be(expected, situation);
    }

    [Fact]
    public void Plan_gives_up_on_a_target_that_never_stands_still()
    {
        RemediationRequest stale = Sample.Request().With(s => s with { Outcome = RemediationOutcome.Stale });
        NotPlanned(Sample.Planning with { Requests = [.. Enumerable.Repeat(stale, Planner.MaxAttempts)] }).Reason.Should().Be(PlanningReasons.TooManyAttempts);
    }

    [Fact]
    public void Plan_says_why_there_is_none()
    {
        NotPlanned(Sample.Planning with { Incident = Sample.Incident with { Status = new() } }).Reason.Should().Be(PlanningReasons.NoHypothesis);
        NotPlanned(Sample.Planning with { Incident = Sample.Incident with { Metadata = Sample.Incident.Metadata with { Namespace = "eve" } } })
            .Should().BeEquivalentTo(new { Reason = PlanningReasons.OutsideNamespace, Message = "Deployment/web is in namespace shop and not in eve; an incident is about objects of its own namespace" });
        NotPlanned(Sample.Planning with { Situation = null }).Reason.Should().Be(PlanningReasons.TargetUnknown);
        NotPlanned(Sample.Planning with { Runbooks = [] }).Reason.Should().Be(PlanningReasons.NoRunbook);
        NotPlanned(With(s => s with { Level = RemediationLevel.L3 })).Reason.Should().Be(PlanningReasons.HumansOnly);
        NotPlanned(With(s => s with { Mode = OperatingMode.Observe, Level = RemediationLevel.L2 })).Reason.Should().Be(PlanningReasons.ObserveOnly);
        NotPlanned(With(s => s with { Steps = [new() { Name = "x", Action = "Rollout" }] })).Reason.Should().Be(PlanningReasons.RunbookInvalid);
        Situation alone = Sample.Broken with { Revisions = [Sample.Revision(2, Sample.Bad, 4, 0)] };
        PlanningResult.NotPlanned refused = NotPlanned(Sample.Planning with { Situation = alone });
        refused.Reason.Should().Be(PlanningReasons.ActionRefused);
        refused.Considered.Should().ContainSingle().Which.Should().StartWith("runbook undo does not fit: Deployment/web has no older revision");
    }

    [Theory]
    [InlineData("another cause", "OOMKilled", "shop", "firstline-system", "is for OOMKilled")]
    [InlineData("another namespace's own runbook", "BadRollout", "shop", "other", "is not for namespace shop")]
    public void WhyNot_names_the_first_mismatch(string situation, string cause, string incidentNamespace, string home, string expected)
    {
        Runbook runbook = Sample.Undo with { Metadata = Sample.Undo.Metadata with { Namespace = home }, Spec = Sample.Undo.Spec with { Match = new() { Causes = [cause] } } };
        RunbookMatcher.WhyNot(runbook, Sample.BadRollout, incidentNamespace, Sample.Broken, Sample.OperatorNamespace).Should().StartWith(expected, situation);
    }

    [Fact]
    public void WhyNot_looks_at_kinds_labels_and_namespaces()
    {
        WhyNot(m => m with { Kinds = ["DaemonSet"] }).Should().Be("is for kinds DaemonSet, not for Deployment");
        WhyNot(m => m with { Labels = ImmutableSortedDictionary<string, string>.Empty.Add("tier", "front") }).Should().Be("is for targets with label tier=front");
        WhyNot(m => m with { Namespaces = ["bank"] }).Should().Be("is not for namespace shop");
        WhyNot(m => m with { Namespaces = ["shop"], Kinds = ["Deployment"] }).Should().BeNull();
    }

    [Fact]
    public void TargetOf_prefers_the_object_at_fault_where_the_kind_fits()
    {
        TargetRef config = new() { Kind = "ConfigMap", Name = "settings" };
        Hypothesis drift = Sample.BadRollout with { Resource = config };
        RunbookSpec restore = new() { Steps = [new() { Name = "r", Action = "RestoreConfig" }] };
        RunbookMatcher.TargetOf(restore, drift, Sample.Broken).Should().Be(config);
        RunbookMatcher.TargetOf(Sample.Undo.Spec, drift, Sample.Broken).Should().Be(Sample.Web);
        RunbookMatcher.TargetOf(restore, Sample.BadRollout, Sample.Broken).Should().BeNull();
    }

    [Fact]
    public void Compute_only_ever_makes_the_level_stricter_and_says_why()
    {
        Level(i => i).Should().Be((RemediationLevel.L1, 1));
        Level(i => i with { Mode = new(OperatingMode.Suggest, "not approved") }).Should().Be((RemediationLevel.L2, 2));
        Level(i => i with { Steps = [i.Steps[0] with { Irreversible = "gone" }] }).Should().Be((RemediationLevel.L2, 2));
        Level(i => i with { Cautions = ["not proven"] }).Should().Be((RemediationLevel.L2, 2));
        Level(i => i with { Policy = Sample.Policy with { Protected = new() { ApprovalNamespaces = ["shop"] } } }).Should().Be((RemediationLevel.L2, 2));
        Level(i => i with { Hypothesis = Sample.BadRollout with { ConfidencePercent = 69 } }).Should().Be((RemediationLevel.L2, 2));
        Level(i => i with { LastOutcome = RemediationOutcome.RolledBack }).Should().Be((RemediationLevel.L2, 2));
        Level(i => i with { LastOutcome = RemediationOutcome.Succeeded }).Should().Be((RemediationLevel.L1, 1));
        Level(i => i with { Runbook = Sample.Change(Sample.Undo, s => s with { Level = RemediationLevel.L3 }) }).Level.Should().Be(RemediationLevel.L3);
    }

    [Theory]
    [InlineData("a Job of the runbook's own", "RunJob", false, RemediationLevel.L2)]
    [InlineData("that, where the policy lets it run", "RunJob", true, RemediationLevel.L1)]
    [InlineData("a webhook", "CallWebhook", false, RemediationLevel.L2)]
    [InlineData("that, where the policy lets another one run", "CallWebhook", true, RemediationLevel.L2)]
    [InlineData("another step that can't be undone", "DeleteFailedJob", true, RemediationLevel.L2)]
    public void Compute_lets_an_escape_hatch_run_by_itself_only_where_the_policy_says_so(string situation, string action, bool isUnattended, RemediationLevel level)
    {
        RemediationPolicySpec policy = Sample.Policy with { Approvals = new() { Unattended = isUnattended ? [EscapeHatch.RunJob] : [] } };
        Level(i => i with { Policy = policy, Steps = [i.Steps[0] with { Action = action, Irreversible = "gone" }] }).Level.Should().Be(level, situation);
    }

    [Fact]
    public void Every_escape_hatch_is_an_action() =>
        Enum.GetNames<EscapeHatch>().Should().OnlyContain(static name => ActionCatalogue.Find(name) != null);

    [Fact]
    public void Of_takes_the_strictest_mode_and_names_what_holds_it()
    {
        RunbookMode.Of(Sample.Undo, Sample.Policy, ApprovalIdentity.Verified).Should().Be(new RunbookMode(OperatingMode.Auto, null));
        RunbookMode.Of(Sample.Undo, null, ApprovalIdentity.Verified).Should().Be(new RunbookMode(OperatingMode.Suggest, "there is no RemediationPolicy named default"));
        RunbookMode.Of(Sample.Undo, new(), ApprovalIdentity.Verified).Reason.Should().Be("the policy's maxMode is Suggest");
        Runbook edited = Sample.Undo with { Spec = Sample.Undo.Spec with { Description = "edited after approval" } };
        RunbookMode.Of(edited, Sample.Policy, ApprovalIdentity.Verified).Mode.Should().Be(OperatingMode.Suggest);
        RunbookMode.Of(Sample.Change(Sample.Undo, s => s with { Mode = OperatingMode.Observe }), Sample.Policy, ApprovalIdentity.Verified).Mode.Should().Be(OperatingMode.Observe);
    }

    [Theory]
    [InlineData("vouched for", ApprovalIdentity.Verified, false, OperatingMode.Auto)]
    [InlineData("not vouched for", ApprovalIdentity.Unverified, false, OperatingMode.Suggest)]
    [InlineData("it can't be told", null, false, OperatingMode.Suggest)]
    [InlineData("not vouched for, where the policy says so", ApprovalIdentity.Unverified, true, OperatingMode.Auto)]
    public void Of_believes_a_runbooks_approval_only_where_admission_checks_it(string situation, ApprovalIdentity? identity, bool allowed, OperatingMode expected)
    {
        RemediationPolicySpec policy = Sample.Policy with { Approvals = new() { AllowUnverified = allowed } };

        RunbookMode mode = RunbookMode.Of(Sample.Undo, policy, identity);

        mode.Mode.Should().Be(expected, situation);
        (mode.Reason?.Contains("firstline-runbook-approvals (kubectl apply -k config/admission)", StringComparison.Ordinal) == true)
            .Should().Be(expected == OperatingMode.Suggest, "it says what to install");
        Sample.Planned(Sample.Planning with { Policy = policy, RunbookIdentity = identity }).Spec.Level
            .Should().Be(expected == OperatingMode.Auto ? RemediationLevel.L1 : RemediationLevel.L2);
    }

    [Fact]
    public void Of_believes_no_runbooks_approval_that_was_given_before_admission_checked_it_until_it_is_given_anew()
    {
        Runbook before = Reported(Sample.Undo, ApprovalIdentity.Unverified);
        Runbook installed = Reported(Reported(before, null), ApprovalIdentity.Verified);
        RunbookMode held = RunbookMode.Of(installed, Sample.Policy, ApprovalIdentity.Verified);
        held.Mode.Should().Be(OperatingMode.Suggest);
        held.Reason.Should().EndWith("is older than the admission policy, so that nobody checked who gave it; take it away (firstline.dev/approved-revision-) and set it anew");
        RunbookMode.Of(installed, Sample.Policy with { Approvals = new() { AllowUnverified = true } }, ApprovalIdentity.Verified).Mode.Should().Be(OperatingMode.Auto);

        Runbook taken = Reported(installed with { Metadata = installed.Metadata with { Annotations = installed.Metadata.Annotations.Clear() } }, ApprovalIdentity.Verified);
        RunbookMode.Of(Sample.Approved(taken), Sample.Policy, ApprovalIdentity.Verified).Mode.Should().Be(OperatingMode.Auto);
        RunbookMode.Of(Reported(Sample.Undo, ApprovalIdentity.Verified), Sample.Policy, ApprovalIdentity.Verified).Mode.Should().Be(OperatingMode.Auto, "it was checked from the first");
    }

    private static Runbook Reported(Runbook runbook, ApprovalIdentity? identity) => runbook with { Status = RunbookReport.ToStatus(runbook, Sample.Policy, identity, [], Sample.Now) };

    [Fact]
    public void Of_changes_with_any_word_of_the_runbook_and_with_nothing_else()
    {
        string revision = RunbookRevision.Of(Sample.Undo.Spec);
        revision.Should().HaveLength(RunbookRevision.Length);
        RunbookRevision.Of(Sample.Undo.Spec with { }).Should().Be(revision);
        RunbookRevision.Of(Sample.Undo.Spec with { NotFor = "x" }).Should().NotBe(revision);
        RunbookRevision.Of(Sample.Undo.Spec with { Verification = Sample.Undo.Spec.Verification with { Metrics = [new() { Name = "errors", Query = "up", Max = "1" }] } }).Should().NotBe(revision, "what is verified by is part of it");
        ProbeCheck probe = new() { Name = "home", Destination = "shop" };
        string Probed(ProbeCheck check) => RunbookRevision.Of(Sample.Undo.Spec with { Verification = new() { Probes = [check] } });
        Probed(probe with { Status = 200 }).Should().Be(Probed(probe), "the schema's default says the same");
        RunbookRevision.Of(Sample.Undo.Spec with { Mode = OperatingMode.Auto, OnFailure = FailureAction.RollBack }).Should().Be(revision, "the schema's defaults say the same");
    }

    [Fact]
    public void Requests_are_asked_for_only_of_the_incident_and_of_the_runbooks_of_its_cause()
    {
        Runbook foreign = Sample.Change(Sample.Undo, static s => s with { Match = s.Match with { Causes = [Causes.JobFailed] } });
        RemediationRequest own = Sample.Request();
        RemediationRequest other = own with { Metadata = own.Metadata with { Name = "other" }, Spec = own.Spec with { Incident = own.Spec.Incident with { Uid = "another" } } };
        List<Runbook> asked = [];

        PlanningRequests.Of(Sample.Incident, [Sample.Undo, foreign], i => i == Sample.Incident ? [own] : [], runbook =>
        {
            asked.Add(runbook);
            return [own, other];
        }).Should().Equal(own, other);

        asked.Should().ContainSingle().Which.Should().BeSameAs(Sample.Undo);
    }

    [Fact]
    public void Name_that_a_request_about_something_else_has_is_not_given_again()
    {
        string name = Sample.Planned(Sample.Planning).Name;
        Sample.Planned(Sample.Planning with { IsNameTaken = n => n == name }).Name.Should().NotBe(name);
    }

    private static PlanningInput With(Func<RunbookSpec, RunbookSpec> change) => Sample.Planning with { Runbooks = [Sample.Change(Sample.Undo, change)] };

    [Fact]
    public void A_runbook_is_not_taken_whose_checks_nobody_could_ask()
    {
        PlanningInput measured = With(s => s with { Verification = new() { Metrics = [new() { Name = "errors", Query = "up", Max = "1" }] } });

        PlanningResult.NotPlanned none = NotPlanned(measured with { Verifiers = new(HasPrometheus: false, []) });

        none.Reason.Should().Be(PlanningReasons.VerifierMissing);
        none.Message.Should().Be("runbook undo fits, but metric errors of its verification can't be asked: prometheus.url is not set in the operator's configuration");
        Planner.Plan(measured with { Verifiers = new(HasPrometheus: true, []) }).Should().BeOfType<PlanningResult.Planned>();
    }

    [Fact]
    public void A_tenants_runbook_asks_Prometheus_only_where_the_policy_lets_its_namespace()
    {
        Runbook measured = Sample.Change(Sample.Undo, static s => s with { Verification = new() { Metrics = [new() { Name = "errors", Query = "secret_of_others", Max = "1" }] } });
        PlanningInput tenant = Sample.Planning with { Runbooks = [measured with { Metadata = measured.Metadata with { Namespace = "shop" } }], Verifiers = new(HasPrometheus: true, []) };

        PlanningResult.NotPlanned none = NotPlanned(tenant);

        none.Reason.Should().Be(PlanningReasons.MetricsForbidden);
        none.Message.Should().Be("runbook undo fits, but metric errors of its verification may not be asked: a Runbook of namespace shop would read all that the operator may of Prometheus; "
            + "name shop in metrics.namespaces of the RemediationPolicy, or let firstline-system hold the Runbook");
        NotPlanned(tenant with { Policy = Sample.Policy with { Metrics = new() { Namespaces = ["bank"] } } }).Reason.Should().Be(PlanningReasons.MetricsForbidden);
        Planner.Plan(tenant with { Policy = Sample.Policy with { Metrics = new() { Namespaces = ["shop"] } } }).Should().BeOfType<PlanningResult.Planned>();
    }

    private static PlanningResult.NotPlanned NotPlanned(PlanningInput input) => Planner.Plan(input).Should().BeOfType<PlanningResult.NotPlanned>().Subject;

    private static string? WhyNot(Func<RunbookMatch, RunbookMatch> change)
    {
        Runbook runbook = Sample.Change(Sample.Undo, s => s with { Match = change(s.Match) });
        return RunbookMatcher.WhyNot(runbook, Sample.BadRollout, "shop", Sample.Broken, Sample.OperatorNamespace);
    }

    private static (RemediationLevel Level, int Reasons) Level(Func<LevelInput, LevelInput> change)
    {
        (RemediationLevel level, ImmutableArray<string> reasons) = LevelRules.Compute(change(new()
        {
            Runbook = Sample.Undo,
            Mode = new(OperatingMode.Auto, null),
            Hypothesis = Sample.BadRollout,
            Namespaces = ["shop"],
            Policy = Sample.Policy,
            Steps = [new() { Name = "undo" }],
        }));
        return (level, reasons.Length);
    }
}
