using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;
using Firstline.Core.Gates;
using Firstline.Core.Planning;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Gates;

public sealed class GateTests
{
    private static readonly DateTimeOffset Now = Sample.Now;

    [Fact]
    public void Judge_opens_every_gate_for_a_sound_request()
    {
        ImmutableArray<GateVerdict> verdicts = GateChain.Judge(GateChain.Forward, Sample.View, Now);
        verdicts.Should().OnlyContain(v => v.Decision == GateDecision.Open);
        verdicts.Select(v => v.Name).Should().OnlyHaveUniqueItems().And.HaveCount(25);
        GateChain.FirstObstacle(verdicts).Should().BeNull();
    }

    [Theory]
    [InlineData("not filled", false, 0, GateDecision.Closed)]
    [InlineData("just heard of", true, 0, GateDecision.Open)]
    [InlineData("two and a half minutes ago", true, 150, GateDecision.Open)]
    [InlineData("longer ago", true, 151, GateDecision.Closed)]
    public void CacheFreshness_bounds_the_silence(string situation, bool synced, int seconds, GateDecision expected) =>
        new CacheFreshnessGate().Judge(Sample.View with { Cache = new(synced, Now.AddSeconds(-seconds)) }, Now).Decision.Should().Be(expected, situation);

    public static TheoryData<string, ResourceType, string, GateDecision> Unreadables => new()
    {
        { "a pod of the target's namespace", new("", "v1", "Pod", "pods", ResourceScope.Namespaced), Sample.View.Request.Metadata.Namespace!, GateDecision.Closed },
        { "a pod of another namespace", new("", "v1", "Pod", "pods", ResourceScope.Namespaced), "elsewhere", GateDecision.Open },
        { "a node", new("", "v1", "Node", "nodes", ResourceScope.Cluster), "", GateDecision.Closed },
        { "a request of another namespace, which limits count", RemediationRequest.Type, "elsewhere", GateDecision.Closed },
        { "a pod of a namespace in which it evicts pods", new("", "v1", "Pod", "pods", ResourceScope.Namespaced), "drained", GateDecision.Closed },
        { "an incident of another namespace", Incident.Type, "elsewhere", GateDecision.Open },
    };

    [Theory]
    [MemberData(nameof(Unreadables))]
    public void CacheFreshness_is_closed_while_something_it_rests_on_cannot_be_read(string situation, ResourceType type, string ns, GateDecision expected)
    {
        Mutation evictions = BoundPod.Evictions(new() { Kind = "Node", Name = "n" }, [new() { Ref = new() { Kind = "Pod", Namespace = "drained", Name = "p" } }]);
        RemediationRequest request = Sample.Request();
        request = request with { Spec = request.Spec with { Plan = request.Spec.Plan with { Steps = [new() { Name = "s", Forward = [evictions] }] } } };
        CacheFacts cache = new(HasSynced: true, Now) { Unreadable = [new(type, new(ns, "x"), "its field status does not have the expected shape")] };
        GateVerdict verdict = new CacheFreshnessGate().Judge(Sample.ViewOf(request) with { Cache = cache }, Now);
        verdict.Decision.Should().Be(expected, situation);
        if (expected == GateDecision.Closed)
        {
            verdict.Reason.Should().Be(GateReasons.CacheUnreadable);
            verdict.Message.Should().Be($"{type.QualifiedName} {new NamespacedName(ns, "x")} cannot be read: its field status does not have the expected shape");
        }
    }

    [Fact]
    public void Leadership_is_closed_when_another_leads() =>
        new LeadershipGate().Judge(Sample.View with { IsLeader = false }, Now).Reason.Should().Be(GateReasons.NotLeader);

    [Theory]
    [InlineData("target paused", "true", false, GateDecision.Closed)]
    [InlineData("in capitals", "True", false, GateDecision.Closed)]
    [InlineData("a value nobody can read", "yes please", false, GateDecision.Closed)]
    [InlineData("no value", "", false, GateDecision.Closed)]
    [InlineData("pause taken back", "false", false, GateDecision.Open)]
    [InlineData("namespace paused", null, true, GateDecision.Closed)]
    public void Paused_reads_target_and_namespace(string situation, string? value, bool ns, GateDecision expected)
    {
        ImmutableSortedDictionary<string, string> none = ImmutableSortedDictionary<string, string>.Empty;
        ImmutableSortedDictionary<string, string> marks = value is null ? none : none.Add(AnnotationNames.Paused, value);
        PauseMark.IsSet(marks, none).Should().Be(PauseMark.IsSet(none, marks), "an annotation and a label count alike");
        Situation state = Sample.Broken with { Workload = Sample.Workload with { IsPausedByMark = PauseMark.IsSet(marks, none) }, NamespacePaused = ns };
        new PausedGate().Judge(Sample.View with { Situation = state }, Now).Decision.Should().Be(expected, situation);
    }

    [Theory]
    [InlineData("kube-system", "kube-system", "")]
    [InlineData("the operator's own", Sample.OperatorNamespace, "")]
    [InlineData("one of the policy's", "bank", "bank")]
    public void ProtectedNamespace_is_never_changed(string situation, string ns, string listed)
    {
        RemediationRequest request = Sample.Request();
        request = request with { Spec = request.Spec with { Plan = request.Spec.Plan with { Target = Sample.Web with { Namespace = ns } } } };
        RemediationPolicySpec policy = Sample.Policy with { Protected = new() { Namespaces = [listed] } };
        new ProtectedNamespaceGate().Judge(Sample.View with { Request = request, Policy = policy }, Now).Reason.Should().Be(GateReasons.NamespaceProtected, situation);
    }

    [Theory]
    [InlineData("a pod of a team", "shop", GateDecision.Open)]
    [InlineData("a pod of the system", "kube-system", GateDecision.Closed)]
    public void ProtectedNamespace_of_a_node_is_that_of_the_pods_evicted_from_it(string situation, string ns, GateDecision expected)
    {
        TargetRef node = new() { ApiVersion = "v1", Kind = "Node", Name = "node-1", Uid = "node-uid" };
        PodFacts pod = new() { Ref = new() { Kind = "Pod", Namespace = ns, Name = "p", Uid = "u" } };
        PlannedStep step = new() { Name = "drain", Forward = [BoundPod.Evictions(node, [pod])] };
        RemediationRequest request = Sample.Request() with { Metadata = new() { Name = "r", Namespace = Sample.OperatorNamespace } };
        request = request with { Spec = request.Spec with { Plan = request.Spec.Plan with { Target = node, Steps = [step] } } };
        new ProtectedNamespaceGate().Judge(Sample.View with { Request = request }, Now).Decision.Should().Be(expected, situation);
    }

    [Fact]
    public void ProtectedNamespace_looks_at_every_object_that_the_plan_names()
    {
        RemediationRequest request = Sample.Request();
        PlannedStep step = request.Spec.Plan.Steps[0];
        PlannedStep smuggled = step with { Forward = [step.Forward[0] with { Target = Sample.Web with { Namespace = "kube-system" } }] };
        request = request with { Spec = request.Spec with { Plan = request.Spec.Plan with { Steps = [smuggled] } } };
        new ProtectedNamespaceGate().Judge(Sample.View with { Request = request }, Now).Decision.Should().Be(GateDecision.Closed);
    }

    [Theory]
    [InlineData("its own", "Deployment", "web", "shop", GateDecision.Open)]
    [InlineData("its own, left out", "Deployment", "web", null, GateDecision.Open)]
    [InlineData("its own, as an object", "Namespace", "shop", null, GateDecision.Open)]
    [InlineData("another one", "Deployment", "web", "prod", GateDecision.Refused)]
    [InlineData("another one, as an object", "Namespace", "prod", null, GateDecision.Refused)]
    [InlineData("the cluster", "Node", "n1", null, GateDecision.Refused)]
    [InlineData("the cluster in other letters", "node", "n1", "shop", GateDecision.Refused)]
    public void Namespace_refuses_what_reaches_out_of_it(string situation, string kind, string name, string? ns, GateDecision expected)
    {
        TargetRef target = new() { Kind = kind, Name = name, Namespace = ns };
        RemediationRequest request = Sample.Request();
        PlannedStep step = request.Spec.Plan.Steps[0];
        RemediationRequest aimed = request with { Spec = request.Spec with { Plan = request.Spec.Plan with { Target = target } } };
        RemediationRequest smuggling = request with
        {
            Spec = request.Spec with { Plan = request.Spec.Plan with { Steps = [step with { Inverse = [step.Forward[0] with { Target = target }] }] } },
        };
        new NamespaceGate().Judge(Sample.View with { Request = aimed }, Now).Decision.Should().Be(expected, situation);
        new NamespaceGate().Judge(Sample.View with { Request = smuggling }, Now).Decision.Should().Be(expected, situation);
    }

    [Fact]
    public void Namespace_lets_objects_of_the_cluster_be_changed_from_the_operators_own()
    {
        RemediationRequest request = Sample.Request();
        request = request with
        {
            Metadata = request.Metadata with { Namespace = Sample.OperatorNamespace },
            Spec = request.Spec with { Plan = request.Spec.Plan with { Target = new() { Kind = "Node", Name = "n1" }, Steps = [] } },
        };
        new NamespaceGate().Judge(Sample.View with { Request = request }, Now).Decision.Should().Be(GateDecision.Open);
    }

    [Theory]
    [InlineData("emptied by the operator's own", Sample.OperatorNamespace, "Node", GateDecision.Open)]
    [InlineData("emptied by a team", "shop", "Node", GateDecision.Refused)]
    [InlineData("smuggled into an eviction of something else", "shop", "Pod", GateDecision.Refused)]
    public void Namespace_lets_pods_elsewhere_be_evicted_from_a_node_alone(string situation, string home, string kind, GateDecision expected)
    {
        TargetRef target = new() { ApiVersion = "v1", Kind = kind, Name = "it", Uid = "u" };
        PodFacts pod = new() { Ref = new() { Kind = "Pod", Namespace = "prod", Name = "p", Uid = "u" } };
        RemediationRequest request = Sample.Request() with { Metadata = new() { Name = "r", Namespace = home } };
        request = request with { Spec = request.Spec with { Plan = request.Spec.Plan with { Target = target, Steps = [new() { Name = "s", Forward = [BoundPod.Evictions(target, [pod])] }] } } };
        new NamespaceGate().Judge(Sample.View with { Request = request }, Now).Decision.Should().Be(expected, situation);
    }

    [Fact]
    public void Mode_is_closed_in_Observe_and_refuses_an_edited_runbook()
    {
        new ModeGate().Judge(Sample.View with { Policy = new() { MaxMode = OperatingMode.Observe } }, Now).Reason.Should().Be(GateReasons.ObserveOnly);
        Runbook edited = Sample.Change(Sample.Undo, s => s with { Description = "edited" });
        new ModeGate().Judge(Sample.View with { Runbook = edited }, Now)
            .Should().BeEquivalentTo(new { Decision = GateDecision.Refused, Reason = GateReasons.RunbookChanged });
    }

    [Theory]
    [InlineData("in time", -1, false, GateDecision.Open)]
    [InlineData("at its end", 0, false, GateDecision.Refused)]
    [InlineData("begun in time", 60, true, GateDecision.Open)]
    public void Expiry_ends_what_has_not_begun(string situation, int minutes, bool begun, GateDecision expected)
    {
        RemediationRequest request = begun ? Sample.Request().With(s => s with { Steps = [Sample.Step(StepState.Applied, Now)] }) : Sample.Request();
        RemediationRequest inItsStep = request.With(s => s with { Steps = [.. s.Steps.Select(static r => r with { State = StepState.Intended, AppliedAt = null, StartedAt = Now })] });
        new ExpiryGate().Judge(Sample.ViewOf(inItsStep), request.Spec.ExpiresAt.AddMinutes(minutes)).Decision.Should().Be(expected, situation);
        new ExpiryGate().Judge(Sample.ViewOf(request), request.Spec.ExpiresAt.AddMinutes(minutes)).Decision.Should().Be(expected, situation);
    }

    [Fact]
    public void StillFiring_refuses_what_healed_itself_and_lets_a_human_report_count()
    {
        new StillFiringGate().Judge(Sample.View with { Incident = Sample.With(SignalState.Resolved) }, Now)
            .Should().BeEquivalentTo(new { Decision = GateDecision.Refused, Reason = GateReasons.NoActionRequired });
        Incident byHand = Sample.Incident with { Spec = Sample.Incident.Spec with { Source = IncidentSource.Manual }, Status = new() };
        new StillFiringGate().Judge(Sample.View with { Incident = byHand }, Now).Decision.Should().Be(GateDecision.Open);
        Incident unknown = Sample.Incident with { Status = new() };
        new StillFiringGate().Judge(Sample.View with { Incident = unknown }, Now).Reason.Should().Be(GateReasons.IncidentUnknown);
    }

    [Fact]
    public void Drift_refuses_another_object_and_another_version()
    {
        Drift(Sample.Broken).Decision.Should().Be(GateDecision.Open);
        Drift(Sample.Broken with { Workload = Sample.Workload with { Generation = 3 } }).Should().BeEquivalentTo(
            new { Reason = GateReasons.TargetChanged, Observed = "generation 3", Limit = "generation 2" });
        Drift(Sample.Broken with { Workload = Sample.Workload with { Ref = Sample.Web with { Uid = "again" } } }).Reason.Should().Be(GateReasons.TargetReplaced);
        Drift(Sample.Broken with { Exists = false }).Reason.Should().Be(GateReasons.TargetReplaced);
    }

    [Theory]
    [InlineData("an autoscaler moved the replicas", "spec", "spec", GateDecision.Open)]
    [InlineData("it moved them, and somebody changed something else", "spec", "other", GateDecision.Refused)]
    [InlineData("somebody wrote the replicas with the rest", "spec", null, GateDecision.Refused)]
    [InlineData("the plan does not know what the spec was", null, "spec", GateDecision.Refused)]
    [InlineData("neither is known", null, null, GateDecision.Refused)]
    public void Drift_lets_an_autoscaler_move_the_replicas_while_a_request_waits(string situation, string? planned, string? scaled, GateDecision expected)
    {
        Situation moved = Sample.Broken with { Workload = Sample.Workload with { Generation = 3, DesiredPods = 6, ScaledSpecHash = scaled } };
        GateInput view = Sample.ViewOf(Planned(planned)) with { Situation = moved };
        new DriftGate().Judge(view, Now).Decision.Should().Be(expected, situation);
        new DriftGate().Judge(view with { Situation = Sample.Broken }, Now).Decision.Should().Be(GateDecision.Open, "nothing was changed");
    }

    [Theory]
    [InlineData("as many run as then", 3, GateDecision.Open)]
    [InlineData("as many run as the plan leaves", 10, GateDecision.Open)]
    [InlineData("more run than the plan leaves", 14, GateDecision.Refused)]
    public void Drift_refuses_a_lower_bound_that_would_stop_pods_by_now(string situation, int current, GateDecision expected)
    {
        TargetRef scaler = new() { ApiVersion = "autoscaling/v2", Kind = "HorizontalPodAutoscaler", Namespace = "shop", Name = "web", Uid = "hpa-uid" };
        Situation then = new() { Subject = scaler, Autoscaler = new() { Ref = scaler, Scales = Sample.Web, Most = 20, Current = 3 } };
        ActionResult.Planned lower = Sample.Plan(new AdjustHpaAction(), then, null, ("factor", "0.5"), ("floor", "5"), ("bound", "max")).Should().BeOfType<ActionResult.Planned>().Subject;
        RemediationRequest request = Sample.Request();
        request = request with
        {
            Spec = request.Spec with
            {
                Plan = new() { Target = scaler, TargetContentHash = PlannedTarget.Of(scaler, then).ContentHash, Steps = [new() { Name = "lower", Action = "AdjustHpa", Forward = lower.Forward }] },
            },
        };
        Situation now = then with { Autoscaler = then.Autoscaler with { Current = current } };
        GateVerdict verdict = new DriftGate().Judge(Sample.ViewOf(request) with { Situation = now }, Now);
        verdict.Decision.Should().Be(expected, situation);
        (expected == GateDecision.Open || verdict.Message == "HorizontalPodAutoscaler/web runs 14 replicas by now, more than the 10 that the plan leaves it").Should().BeTrue(verdict.Message);
    }

    [Fact]
    public void Drift_takes_other_replicas_for_a_change_of_a_plan_that_sets_them()
    {
        Runbook scale = Sample.Change(Sample.Undo, static s => s with { Steps = [new() { Name = "s", Action = "SetReplicas", With = s.Steps[0].With.Add("replicas", "5") }] });
        RemediationRequest request = Sample.Request(Sample.Planning with { Runbooks = [scale] });
        request = request with { Spec = request.Spec with { Plan = request.Spec.Plan with { TargetContentHash = "spec" } } };
        Situation moved = Sample.Broken with { Workload = Sample.Workload with { Generation = 3, ScaledSpecHash = "spec" } };
        new DriftGate().Judge(Sample.ViewOf(request) with { Situation = moved }, Now).Reason.Should().Be(GateReasons.TargetChanged);
    }

    [Fact]
    public void BlastRadius_counts_the_pods_that_an_autoscaler_added_since()
    {
        Situation moved = Sample.Broken with { Workload = Sample.Workload with { Generation = 3, DesiredPods = 40, ReadyPods = 40, MaxUnavailablePods = 12, ScaledSpecHash = "spec" } };
        GateVerdict verdict = new BlastRadiusGate().Judge(Sample.ViewOf(Planned("spec")) with { Situation = moved }, Now);
        verdict.Should().BeEquivalentTo(new { Decision = GateDecision.Closed, Observed = "12 of 40 ready pods", Limit = "10 pods" });
    }

    private static RemediationRequest Planned(string? content)
    {
        RemediationRequest request = Sample.Request();
        return request with { Spec = request.Spec with { Plan = request.Spec.Plan with { TargetContentHash = content } } };
    }

    [Fact]
    public void TargetLock_is_held_from_the_intent_to_the_outcome()
    {
        Lock(Sample.Other("web", Sample.Step(StepState.Intended))).Should().Be(GateReasons.TargetLocked);
        Lock(Sample.Other("web")).Should().Be(GateReasons.Open);
        Lock(Sample.Other("api", Sample.Step(StepState.Applied, Now))).Should().Be(GateReasons.Open);
        Lock(Sample.Other("web", Sample.Step(StepState.Applied, Now)).With(s => s with { Outcome = RemediationOutcome.Succeeded })).Should().Be(GateReasons.Open);
    }

    [Theory]
    [InlineData("inside the policy's", 14, null, GateDecision.Closed)]
    [InlineData("at its end", 15, null, GateDecision.Open)]
    [InlineData("inside the runbook's longer one", 20, 30, GateDecision.Closed)]
    public void Cooldown_keeps_a_target_in_peace(string situation, int minutesAgo, int? runbookMinutes, GateDecision expected)
    {
        RemediationRequest request = Sample.Request();
        request = request with { Spec = request.Spec with { Limits = new() { Cooldown = runbookMinutes is { } m ? Duration.From(TimeSpan.FromMinutes(m)) : null } } };
        RemediationRequest other = Sample.Other("web", Sample.Step(StepState.Applied, Now.AddMinutes(-minutesAgo))).With(s => s with { Outcome = RemediationOutcome.Succeeded });
        GateVerdict verdict = new CooldownGate().Judge(Sample.ViewOf(request) with { Requests = [request, other] }, Now);
        verdict.Decision.Should().Be(expected, situation);
        if (expected == GateDecision.Closed)
        {
            verdict.NextEligibleTime.Should().Be(Now.AddMinutes((runbookMinutes ?? 15) - minutesAgo));
            verdict.Reason.Should().Be(GateReasons.CoolingDown);
        }
    }

    [Theory]
    [InlineData("changed by a request that was deleted since", "gone-uid/undo at=2026-11-20T11:50:00Z incident=i runbook=n/r", GateDecision.Closed)]
    [InlineData("changed by one long ago", "gone-uid/undo at=2026-11-20T11:45:00Z incident=i runbook=n/r", GateDecision.Open)]
    [InlineData("changed by this request's first step", "request-uid/undo at=2026-11-20T11:59:00Z incident=i runbook=n/r", GateDecision.Open)]
    [InlineData("a mark that nobody can read", "?", GateDecision.Open)]
    public void Cooldown_reads_the_mark_on_the_target_too(string situation, string mark, GateDecision expected)
    {
        Situation marked = Sample.Broken with { Workload = Sample.Workload with { LastRemediation = RemediationMark.Parse(mark) } };
        GateVerdict verdict = new CooldownGate().Judge(Sample.View with { Situation = marked }, Now);
        verdict.Decision.Should().Be(expected, situation);
        verdict.NextEligibleTime.Should().Be(expected == GateDecision.Closed ? Now.AddMinutes(5) : null);
    }

    [Theory]
    [InlineData("below", 2, GateDecision.Open)]
    [InlineData("at the limit", 3, GateDecision.Closed)]
    public void Concurrency_counts_others_under_way(string situation, int others, GateDecision expected)
    {
        GateInput view = Sample.View with { Requests = [.. Enumerable.Range(0, others).Select(i => Sample.Other($"t{i}", Sample.Step(StepState.Applied, Now)))] };
        new ConcurrencyGate().Judge(view, Now).Decision.Should().Be(expected, situation);
    }

    [Fact]
    public void Rate_opens_when_the_oldest_leaves_the_window()
    {
        GateInput view = Sample.View with
        {
            Policy = Sample.Policy with { Limits = new() { MaxPerHour = 2 } },
            Requests = [Ran(59), Ran(30), Ran(61)],
        };
        GateVerdict verdict = new RateGate().Judge(view, Now);
        verdict.Should().BeEquivalentTo(new { Reason = GateReasons.RateExceeded, Observed = "2 within an hour" });
        verdict.NextEligibleTime.Should().Be(Now.AddMinutes(1));
        new RateGate().Judge(view, Now.AddMinutes(1)).Decision.Should().Be(GateDecision.Open);
    }

    [Theory]
    [InlineData("in the middle of its step", StepState.Intended, 10, null, true)]
    [InlineData("half done, then failed", StepState.Failed, 90, 10, true)]
    [InlineData("half done long ago", StepState.Failed, 120, 90, false)]
    [InlineData("failed before anything was done", StepState.Failed, null, 10, false)]
    public void What_is_half_done_counts_as_a_change(string situation, StepState state, int? started, int? failed, bool counts)
    {
        RemediationRequest half = Sample.Other("web", Sample.Step(state) with { StartedAt = Ago(started), FailedAt = Ago(failed) })
            .With(s => s with { Outcome = state == StepState.Failed ? RemediationOutcome.Failed : null });
        GateInput view = Sample.View with { Requests = [half], Policy = Sample.Policy with { Limits = new() { MaxPerHour = 1, Budget = new() { Workloads = 0 } } } };
        new RateGate().Judge(view, Now).Decision.Should().Be(counts ? GateDecision.Closed : GateDecision.Open, situation);
        new CooldownGate().Judge(view, Now).Decision.Should().Be(counts ? GateDecision.Closed : GateDecision.Open, situation);
        Progress.HasBegun(half).Should().Be(started is not null, situation);
    }

    private static DateTimeOffset? Ago(int? minutes) => minutes is { } m ? Now.AddMinutes(-m) : null;

    [Fact]
    public void Rate_keeps_the_runbooks_own_limit_too()
    {
        RemediationRequest request = Sample.Request();
        request = request with { Spec = request.Spec with { Limits = new() { MaxPerHour = 1 } } };
        new RateGate().Judge(Sample.ViewOf(request) with { Requests = [Ran(5)] }, Now).Message.Should().Contain("runbook undo allows 1");
    }

    [Theory]
    // situation                            ready disrupted percent pods  decision
    [InlineData("touches no pod", 0, 0, null, null, GateDecision.Open)]
    [InlineData("share rounds down", 2, 1, null, null, GateDecision.Closed)]
    [InlineData("exactly at the limit", 3, 1, null, null, GateDecision.Open)]
    [InlineData("the runbook's share is stricter", 10, 3, 20, null, GateDecision.Closed)]
    [InlineData("the runbook's number is stricter", 10, 2, null, 1, GateDecision.Closed)]
    [InlineData("the policy's number is stricter", 100, 11, null, null, GateDecision.Closed)]
    [InlineData("no ready pod left to lose", 0, 1, 100, null, GateDecision.Closed)]
    public void BlastRadius_limits_the_pods_that_may_stop(string situation, int ready, int disrupted, int? percent, int? pods, GateDecision expected)
    {
        RemediationRequest request = Sample.Request();
        request = request with
        {
            Spec = request.Spec with
            {
                Limits = new() { MaxDisruptedPercent = percent, MaxDisruptedPods = pods },
                Plan = request.Spec.Plan with { BlastRadius = new() { DisruptedPods = disrupted } },
            },
        };
        Situation state = Sample.Broken with { Workload = Sample.Workload with { ReadyPods = ready } };
        GateVerdict verdict = new BlastRadiusGate().Judge(Sample.ViewOf(request) with { Situation = state }, Now);
        verdict.Decision.Should().Be(expected, situation);
        (verdict.Reason == GateReasons.BlastRadiusExceeded).Should().Be(expected == GateDecision.Closed);
    }

    [Theory]
    // situation                                                        ready now, steps begun, decision
    [InlineData("before the first eviction", 30, false, GateDecision.Open)]
    [InlineData("not begun, and most pods are not ready", 9, false, GateDecision.Closed)]
    [InlineData("one pod evicted, its controller no longer on the node", 27, true, GateDecision.Open)]
    [InlineData("the last pod", 3, true, GateDecision.Open)]
    public void BlastRadius_of_evictions_under_way_is_that_of_their_plan(string situation, int ready, bool hasBegun, GateDecision expected)
    {
        RemediationRequest request = Sample.Request();
        request = request with
        {
            Spec = request.Spec with { Plan = request.Spec.Plan with { BlastRadius = new() { DisruptedPods = 10, ReadyPods = 30 } } },
            Status = hasBegun ? new() { Steps = [new() { Name = "drain", State = StepState.Intended, IntendedAt = Now }] } : null,
        };
        Situation node = Sample.Broken with { Workload = null, Node = new() { Ref = new() { ApiVersion = "v1", Kind = "Node", Name = "n1", Uid = "u" } }, BoundWorkloadsReadyPods = ready };
        new BlastRadiusGate().Judge(Sample.ViewOf(request) with { Situation = node }, Now).Decision.Should().Be(expected, situation);
    }

    [Theory]
    [InlineData("not during business hours")]
    [InlineData("")]
    public void Rejection_refuses_with_or_without_a_reason(string why) =>
        new RejectionGate().Judge(Sample.ViewOf(Sample.Request().Annotated(AnnotationNames.Rejected, why)), Now)
            .Should().BeEquivalentTo(new { Decision = GateDecision.Refused, Reason = GateReasons.Rejected });

    private static RemediationRequest Ran(int minutesAgo) =>
        Sample.Other("t", Sample.Step(StepState.Applied, Now.AddMinutes(-minutesAgo))).With(s => s with { Outcome = RemediationOutcome.Succeeded });

    private static GateVerdict Drift(Situation situation) => new DriftGate().Judge(Sample.View with { Situation = situation }, Now);

    private static string Lock(RemediationRequest other) => new TargetLockGate().Judge(Sample.View with { Requests = [Sample.View.Request, other] }, Now).Reason;
}
