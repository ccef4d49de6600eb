using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Lifecycle;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Lifecycle;

/// <summary>A ConfigMap drifts and the workload that reads it crashes: two incidents, one cause.</summary>
public sealed class ParentFinderTests
{
    private static readonly DateTimeOffset Now = Sample.Now;
    private static readonly TargetRef Config = new() { ApiVersion = "v1", Kind = "ConfigMap", Namespace = "shop", Name = "web-config", Uid = "config-uid" };
    private static readonly TargetRef Pod = new() { ApiVersion = "v1", Kind = "Pod", Namespace = "shop", Name = "web-1" };
    private static readonly Incident Drift = Of("web-config-drift", Config, Config);
    private static readonly Incident Crash = Of("web-crash", Sample.Web, Config);

    /// <summary>A sentence, the other incident, and whether it is the parent of the crash.</summary>
    public static TheoryData<string, Incident, bool> Others { get; } = new()
    {
        { "it is about the object that is held to be at fault", Drift, true },
        { "its target was written without a namespace", Drift with { Spec = Drift.Spec with { Target = Config with { Namespace = null } } }, true },
        { "it has no hypothesis, and humans look at it", Drift with { Status = Drift.Status! with { Hypotheses = [] } }, true },
        { "it is about another object", Of("other", Config with { Name = "other-config" }, Config with { Name = "other-config" }), false },
        { "it is in another namespace", Drift with { Metadata = Drift.Metadata with { Namespace = "bank" }, Spec = Drift.Spec with { Target = Config with { Namespace = null } } }, false },
        { "it is not diagnosed yet", Drift with { Status = Drift.Status! with { Conditions = [] } }, false },
        { "it blames this one in turn", Of("web-config-drift", Config, Sample.Web), false },
        { "it is over", Over(Drift, Now.AddMinutes(-1)), false },
        { "it is being deleted", Drift with { Metadata = Drift.Metadata with { DeletionTimestamp = Now } }, false },
        { "it is the incident itself", Crash, false },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void ParentOf_is_the_open_incident_on_the_object_at_fault(string sentence, Incident other, bool isParent)
    {
        (ParentFinder.ParentOf(Crash, [Crash, other], [], Sample.OperatorNamespace, Now)?.Incident == other).Should().Be(isParent, sentence);
    }

    [Fact]
    public void ParentOf_is_nobody_for_an_incident_that_holds_its_own_target_to_be_at_fault()
    {
        ParentFinder.ParentOf(Of("web-crash", Sample.Web, Sample.Web), [Drift], [], Sample.OperatorNamespace, Now).Should().BeNull();
        ParentFinder.ParentOf(Drift, [Crash], [], Sample.OperatorNamespace, Now).Should().BeNull();
    }

    [Fact]
    public void ParentOf_is_the_incident_whose_remediation_already_changes_the_object_even_if_it_came_first()
    {
        RemediationRequest restore = Sample.Request() with { Spec = Sample.Request().Spec with { Incident = new() { Name = "web-crash", Uid = Crash.Metadata.Uid! } } };
        restore = restore with { Spec = restore.Spec with { Plan = restore.Spec.Plan with { Target = Config } } };

        ParentFinder.ParentOf(Drift, [Crash], [restore], Sample.OperatorNamespace, Now)!.Incident.Should().Be(Crash);
        ParentFinder.ParentOf(Drift, [Crash], [restore.With(static s => s with { Outcome = RemediationOutcome.RolledBack })], Sample.OperatorNamespace, Now).Should().BeNull("what has ended changes nothing any more");
    }

    /// <summary>A sentence, what a human reported by hand, the other incident, and whether the first is the other's child.</summary>
    public static TheoryData<string, Incident, Incident, bool> ByHandCases { get; } = new()
    {
        { "on a pod of the workload that has an incident", ByHand("hand", Pod, Sample.Web, 5), Of("web", Sample.Web, Sample.Web), true },
        { "on a pod, before the workload's incident was opened", ByHand("hand", Pod, Sample.Web, -5), Of("web", Sample.Web, Sample.Web), true },
        { "on a pod of a workload whose incident blames a ConfigMap, as this one does", ByHand("hand", Pod, Config, 5), Crash, true },
        { "on the workload itself", ByHand("hand", Sample.Web, Sample.Web, 5), Of("web", Sample.Web, Sample.Web), true },
        { "on the workload itself, and each blames another object", ByHand("hand", Sample.Web, Sample.Web, 5), Crash, true },
        { "on the object that another incident blames: that one is the child", ByHand("hand", Config, Config, 5), Crash, false },
        { "on another workload", ByHand("hand", Sample.Web with { Name = "api" }, Sample.Web with { Name = "api" }, 5), Of("web", Sample.Web, Sample.Web), false },
        { "after another one by hand", ByHand("hand", Pod, Sample.Web, 5), ByHand("first", Sample.Web, Sample.Web, 1), true },
        { "before another one by hand", ByHand("hand", Pod, Sample.Web, 0), ByHand("second", Sample.Web, Sample.Web, 1), false },
        { "on a pod of a workload whose incident is over", ByHand("hand", Pod, Sample.Web, 5), Over(Of("web", Sample.Web, Sample.Web), Now.AddMinutes(-1)), false },
    };

    [Theory]
    [MemberData(nameof(ByHandCases))]
    public void ParentOf_what_a_human_reported_by_hand_is_the_incident_on_the_same_cause(string sentence, Incident byHand, Incident other, bool isChild)
    {
        bool found = ParentFinder.ParentOf(byHand, [byHand, other], [], Sample.OperatorNamespace, Now)?.Incident == other;

        found.Should().Be(isChild, sentence);
        (found && ParentFinder.ParentOf(other, [byHand, other], [], Sample.OperatorNamespace, Now) is not null).Should().BeFalse("nobody is the parent of its own parent");
        (!found || ParentFinder.MayConcern(other, byHand)).Should().BeTrue("a change of the parent has to wake the child");
    }

    /// <summary>A sentence, the other incident, and whether it is the parent of the one on api, which is due to the missing ConfigMap.</summary>
    public static TheoryData<string, Incident, bool> Siblings { get; } = new()
    {
        { "it came first and is due to the same ConfigMap", Lacking("web", Config, -5), true },
        { "it came later", Lacking("web", Config, 5), false },
        { "it came at the same time, and its name is the first", Lacking("aaa", Config, 0), true },
        { "it is due to another ConfigMap", Lacking("web", Config with { Name = "other" }, -5), false },
        { "it has a cause of its own", Of("web", Sample.Web, Sample.Web), false },
        { "it is not diagnosed yet", Lacking("web", Config, -5) with { Status = new() }, false },
        { "it is over", Over(Lacking("web", Config, -5), Now.AddMinutes(-1)), false },
        { "it is in another namespace", Lacking("web", Config, -5) is var i ? i with { Metadata = i.Metadata with { Namespace = "bank" } } : i, false },
        { "it blames the ConfigMap as a thing that is there", Of("web", Sample.Web, Config) is var blaming ? blaming with { Metadata = blaming.Metadata with { CreationTimestamp = Now.AddMinutes(-9) } } : blaming, true },
    };

    [Theory]
    [MemberData(nameof(Siblings))]
    public void ParentOf_incidents_that_are_due_to_one_thing_is_the_first_of_them(string sentence, Incident other, bool isParent)
    {
        Incident child = Lacking("api", Config, 0);

        IncidentParent? parent = ParentFinder.ParentOf(child, [child, other], [], Sample.OperatorNamespace, Now);

        (parent?.Incident == other).Should().Be(isParent, sentence);
        (isParent && ParentFinder.ParentOf(other, [child, other], [], Sample.OperatorNamespace, Now) is not null).Should().BeFalse("nobody is the parent of its own parent");
        (!isParent || (ParentFinder.MayConcern(other, child) && parent!.Why == "both are due to ConfigMap/web-config, and it came first")).Should().BeTrue("a change of the parent has to wake the child");
    }

    [Fact]
    public void ParentOf_many_that_are_due_to_one_thing_is_one_and_the_next_when_that_is_over()
    {
        Incident[] all = [.. Enumerable.Range(0, 5).Select(static i => Lacking($"w{i}", Config, i))];

        Parents(all).Should().Equal(null, "w0", "w0", "w0", "w0");
        Parents([Over(all[0], Now), .. all[1..]]).Should().Equal(null, null, "w1", "w1", "w1");
        Parents([.. all, Drift]).Should().Equal(Enumerable.Repeat("web-config-drift", 5).Append(null), "what it is due to has an incident of its own");

        static IEnumerable<string?> Parents(Incident[] all) => all.Select(i => ParentFinder.ParentOf(i, all, [], Sample.OperatorNamespace, Now)?.Incident.Metadata.Name);
    }

    /// <summary>A sentence, the other incident, and whether it is the parent of the one on web, which blames node n1.</summary>
    public static TheoryData<string, Incident, bool> NodeIncidents { get; } = new()
    {
        { "it is about that node and lies with the operator", OnNode("n1"), true },
        { "it is about another node", OnNode("n2"), false },
        { "somebody wrote it into another namespace, where none on a node belongs", OnNode("n1", "bank"), false },
        { "somebody wrote it into its own namespace, where none on a node belongs", OnNode("n1", "shop"), false },
        { "it is about a workload of the operator's namespace that blames that node too", Of("operator", Sample.Web, Node("n1")) is var i ? i with { Metadata = i.Metadata with { Namespace = Sample.OperatorNamespace, CreationTimestamp = Now.AddMinutes(-9) }, Spec = i.Spec with { Target = Sample.Web with { Namespace = Sample.OperatorNamespace } } } : i, false },
    };

    [Theory]
    [MemberData(nameof(NodeIncidents))]
    public void ParentOf_crosses_namespaces_for_objects_of_the_cluster_alone(string sentence, Incident other, bool isParent)
    {
        Incident child = Of("web", Sample.Web, Node("n1"));

        (ParentFinder.ParentOf(child, [child, other], [], Sample.OperatorNamespace, Now)?.Incident == other).Should().Be(isParent, sentence);
        (!isParent || ParentFinder.MayConcern(other, child)).Should().BeTrue("a change of the parent has to wake the child");
    }

    [Fact]
    public void A_child_names_the_namespace_of_its_parent_where_it_is_another()
    {
        Incident child = Of("web", Sample.Web, Node("n1")), parent = OnNode("n1");
        IncidentView view = new(child, []) { Parent = ParentFinder.ParentOf(child, [parent], [], Sample.OperatorNamespace, Now) };

        IncidentStatus status = IncidentProgress.ToStatus(view, IncidentLifecycle.Decide(view, Now), Now);

        status.Parent.Should().Be(new ParentReference { Namespace = Sample.OperatorNamespace, Name = "node-n1", Uid = "uid-node-n1" });
        status.NextStep.Should().Contain($"kubectl describe inc node-n1 -n {Sample.OperatorNamespace}");
    }

    private static TargetRef Node(string name) => new() { ApiVersion = "v1", Kind = "Node", Name = name };

    private static Incident OnNode(string node, string home = Sample.OperatorNamespace) =>
        Of($"node-{node}", Node(node), Node(node)) is var i ? i with { Metadata = i.Metadata with { Namespace = home } } : i;

    private static Incident Lacking(string name, TargetRef missing, int minutes)
    {
        TargetRef workload = Sample.Web with { Name = name };
        Incident incident = Of(name, workload, workload);
        return incident with
        {
            Metadata = incident.Metadata with { CreationTimestamp = Now.AddMinutes(minutes - 2) },
            Status = incident.Status! with { Hypotheses = [incident.Status.Hypotheses[0] with { Cause = Causes.MissingConfigMap, DueTo = missing with { Uid = null } }] },
        };
    }

    [Fact]
    public void What_a_human_reported_by_hand_ends_with_the_incident_that_dealt_with_its_cause_and_not_before()
    {
        Incident parent = Of("web", Sample.Web, Sample.Web), over = Over(parent, Now.AddHours(-2));
        Incident child = ByHand("hand", Pod, Sample.Web, 5);
        child = child with { Status = child.Status! with { Parent = new() { Name = "web", Uid = "uid-web" } } };

        IncidentLifecycle.Decide(new(child, []) { Parent = ParentFinder.ParentOf(child, [parent], [], Sample.OperatorNamespace, Now) }, Now).Should().BeOfType<IncidentStep.Attach>();
        IncidentStep.Resolve end = IncidentLifecycle.Decide(new(child, []) { Parent = ParentFinder.ParentOf(child, [over], [], Sample.OperatorNamespace, Now) }, Now).Should().BeOfType<IncidentStep.Resolve>().Subject;

        end.Reason.Should().Be(Reasons.ParentResolved);
        end.Message.Should().Contain("incident web");
    }

    [Theory]
    [InlineData("a minute after the parent was over", 1, true)]
    [InlineData("six minutes after the parent was over", 6, false)]
    public void ParentOf_gives_a_child_time_to_recover_and_not_more(string situation, int minutes, bool isChild)
    {
        Incident child = Crash with { Status = Crash.Status! with { Parent = new() { Name = Drift.Metadata.Name, Uid = Drift.Metadata.Uid! } } };

        IncidentParent? parent = ParentFinder.ParentOf(child, [Over(Drift, Now)], [], Sample.OperatorNamespace, Now.AddMinutes(minutes));

        (parent is not null).Should().Be(isChild, situation);
        parent?.Until.Should().Be(Now + ParentFinder.Recovery);
    }

    [Fact]
    public void Of_two_incidents_at_most_one_is_the_others_child()
    {
        TargetRef[] faults = [Config, Sample.Web];
        foreach ((TargetRef one, TargetRef other) in faults.SelectMany(f => faults.Select(o => (f, o))))
        {
            Incident a = Of("a", Sample.Web, one);
            Incident b = Of("b", Config, other);
            bool both = ParentFinder.ParentOf(a, [b], [], Sample.OperatorNamespace, Now) is not null && ParentFinder.ParentOf(b, [a], [], Sample.OperatorNamespace, Now) is not null;
            both.Should().BeFalse($"{one} and {other} are held to be at fault");
        }
    }

    [Fact]
    public void A_child_plans_nothing_says_whose_cause_it_is_and_ends_with_its_own_signals()
    {
        IncidentParent parent = ParentFinder.ParentOf(Crash, [Drift], [], Sample.OperatorNamespace, Now)!;
        IncidentStep step = IncidentLifecycle.Decide(new(Crash, []) { Parent = parent }, Now);
        IncidentStatus status = IncidentProgress.ToStatus(new(Crash, []) { Parent = parent }, step, Now);

        step.Should().BeOfType<IncidentStep.Attach>();
        status.Stage.Should().Be("Attached");
        status.Parent.Should().Be(new ParentReference { Name = "web-config-drift", Uid = "uid-web-config-drift" });
        status.Conditions.Single(static c => c.Type == ConditionTypes.Attached).Should().BeEquivalentTo(new { Status = ConditionStatus.True, Reason = Reasons.SameCause });
        status.NextStep.Should().Contain("kubectl describe inc web-config-drift -n shop");
        status.Timeline.Should().ContainSingle().Which.Message.Should().StartWith("left to another incident: ConfigMap/web-config");

        Incident calm = Crash with { Status = Crash.Status! with { Parent = status.Parent, Conditions = [.. Crash.Status.Conditions, .. status.Conditions], Signals = [Sample.Signal(SignalState.Resolved)] } };
        IncidentStep.Resolve end = IncidentLifecycle.Decide(new(calm, []) { Parent = parent }, Now).Should().BeOfType<IncidentStep.Resolve>().Subject;
        end.Message.Should().Contain("incident web-config-drift");
        IncidentStatus over = IncidentProgress.ToStatus(new(calm, []), end, Now.AddMinutes(1));
        over.Stage.Should().Be("Resolved");
        over.Parent.Should().Be(status.Parent, "what is over still tells whose cause it was");
    }

    [Fact]
    public void A_child_whose_parent_is_gone_is_planned_for_by_itself_and_no_longer_attached()
    {
        Incident child = Crash with { Status = Crash.Status! with { Parent = new() { Name = "gone", Uid = "gone" } } };

        IncidentLifecycle.Decide(new(child, []) { Parent = ParentFinder.ParentOf(child, [], [], Sample.OperatorNamespace, Now) }, Now).Should().BeOfType<IncidentStep.Plan>();
        IncidentStatus status = IncidentProgress.ToStatus(new(child, []), new IncidentStep.Escalate("NoRunbook", "none", []), Now);
        status.Parent.Should().BeNull();
        status.Conditions.Should().NotContain(static c => c.Type == ConditionTypes.Attached);
    }

    [Fact]
    public void MayConcern_wakes_those_that_a_change_can_attach_or_set_free()
    {
        Incident attached = Of("child", Sample.Web, Sample.Web) with { Status = new() { Parent = new() { Name = "p", Uid = "uid-p" } } };

        ParentFinder.MayConcern(Drift, Crash).Should().BeTrue();
        ParentFinder.MayConcern(Of("p", Config, Config), attached).Should().BeTrue();
        ParentFinder.MayConcern(Crash, Drift).Should().BeFalse();
    }

    private static Incident Of(string name, TargetRef target, TargetRef atFault) => new()
    {
        Metadata = new() { Name = name, Namespace = "shop", Uid = $"uid-{name}", Generation = 1, CreationTimestamp = Now.AddMinutes(-2) },
        Spec = new() { Source = IncidentSource.Detector, Target = target, Summary = "it is broken" },
        Status = new()
        {
            Hypotheses = [new() { Id = "H1", Cause = Causes.MisconfiguredAppConfig, Statement = "it drifted", ConfidencePercent = 85, Resource = atFault, EvidenceFor = ["E1"] }],
            Signals = [Sample.Signal(SignalState.Firing)],
            Conditions = [new() { Type = ConditionTypes.Diagnosed, Status = ConditionStatus.True, Reason = "HypothesesReady" }],
        },
    };

    private static Incident Over(Incident incident, DateTimeOffset at) => incident with
    {
        Status = incident.Status! with
        {
            Conditions = [.. incident.Status.Conditions, new() { Type = ConditionTypes.Resolved, Status = ConditionStatus.True, Reason = Reasons.Remediated }],
            Clocks = new() { ResolvedAt = at },
        },
    };

    /// <summary>Created some minutes after the others.</summary>
    private static Incident ByHand(string name, TargetRef target, TargetRef fault, int minutes)
    {
        Incident incident = Of(name, target, fault);
        return incident with
        {
            Metadata = incident.Metadata with { CreationTimestamp = (incident.Metadata.CreationTimestamp ?? Now).AddMinutes(minutes) },
            Spec = incident.Spec with { Source = IncidentSource.Manual },
            Status = incident.Status! with { Signals = [Sample.Signal(SignalState.Firing, IncidentSource.Manual)] },
        };
    }
}
