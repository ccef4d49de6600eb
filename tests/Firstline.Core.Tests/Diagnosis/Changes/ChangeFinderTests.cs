using System.Collections.Immutable;
using Firstline.Core.Diagnosis;
using Firstline.Core.Diagnosis.Changes;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Diagnosis.Changes;

public sealed class ChangeFinderTests
{
    private static readonly DateTimeOffset Onset = Ago(60);
    private static readonly ChangeStamp Edit = new(Ago(90), "kubectl-edit", []);

    /// <summary>A sentence, what lies around a crashing workload, and what is found: object, points, and a part of the reason.</summary>
    public static TheoryData<string, Situation, string, int, string> Cases { get; } = new()
    {
        { "its own rollout", Web() with { Revisions = Revisions(90) }, "Deployment/web", 95, "it explains how the pods fail (+25)" },
        { "its own restart", Web() with { Revisions = Revisions(90, before: "{\"spec\":{}}", after: "{\"metadata\":{\"annotations\":{\"a\":\"b\"}},\"spec\":{}}") }, "Deployment/web", 70, "a restart alone (+0)" },
        { "a ConfigMap that the failing container reads", Web() with { ConfigMaps = [Config(changed: 90)] }, "ConfigMap/web-config", 86, "a failing container reads it (+20)" },
        { "a ConfigMap that changed since", Web() with { ConfigMaps = [Config(changed: 10)] }, "ConfigMap/web-config", 0, "made after the trouble began, so it cannot be the cause" },
        { "its number of pods", Web(new() { LastChange = new(Ago(90), "kubectl", ["replicas"]), Ref = Target(), TemplateJson = Calling }), "Deployment/web", 70, "the number of pods alone (+0)" },
        { "a NetworkPolicy of its pods", Around(new() { Policies = [new() { Ref = Target("NetworkPolicy", "web"), CreatedAt = Ago(9000), LastChange = Edit, Pods = PodsOf("web") }] }), "NetworkPolicy/web", 66, "of what decides about its pods (+18)" },
        { "a budget of its pods that is new", Around(new() { Budgets = [Budget() with { CreatedAt = Ago(90), Pods = PodsOf("web") }] }), "PodDisruptionBudget/web", 66, "made 30 s before" },
        { "the Service in front of it", Around(new() { Services = [Service() with { LastChange = Edit }] }), "Service/web", 66, "of what decides about its pods (+18)" },
        { "the Service that it calls", Around(new() { Services = [Service("billing", "billing") with { LastChange = Edit }] }), "Service/billing", 70, "of what its pods call (+22)" },
        { "the Service of which its log complains", Around(new() { Services = [Service("billing", "billing") with { LastChange = Edit }] }) with { Logs = [new("web-1", "app", true, ["dial billing:8080: refused"])] }, "Service/billing", 78, "of what a log or an Event of its pods names (+30)" },
        { "the Ingress in front of it, hours ago", Around(new() { Services = [Service(age: 90_000)], Ingresses = [Ingress() with { CreatedAt = Ago(20_000) }] }), "Ingress/web", 28, "which is long before (+2)" },
        { "its autoscaler", Around(new() { Autoscalers = [Autoscaler("") with { LastChange = Edit }] }), "HorizontalPodAutoscaler/web", 66, "of what decides about its pods" },
        { "its node was cordoned", Around(new() { Nodes = [Node() with { CreatedAt = Ago(90_000), IsCordoned = true, CordonedAt = Ago(90) }] }), "Node/n1", 58, "of the node of its pods (+10)" },
        { "a webhook", Around(new() { Webhooks = [Webhook() with { LastChange = Edit }] }), "ValidatingWebhookConfiguration/guard", 54, "of the whole cluster (+6)" },
        { "a rollout of what it calls", Around(new() { Services = [Service("billing", "billing", age: 90_000)], Workloads = [Workload("billing")], Rollouts = [Rollout("billing")] }), "Deployment/billing", 77, "it changed what runs (+15)" },
        { "a rollout of a neighbour", Around(new() { Workloads = [Workload("other")], Rollouts = [Rollout("other")] }), "Deployment/other", 57, "of a neighbour that nothing ties to it (+2)" },
    };

    private const string Calling = """{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"app","image":"registry/billing:1","env":[{"name":"B","value":"http://billing:8080"}]}]}}""";

    [Theory]
    [MemberData(nameof(Cases))]
    public void Find_scores_by_when_it_was_made_what_it_is_and_what_it_changed(string sentence, Situation situation, string resource, int points, string reason)
    {
        ScoredChange found = Find(situation).Should().ContainSingle(sentence).Subject;

        found.Change.Resource.ToString().Should().Be(resource, sentence);
        found.Score.Points.Should().Be(points, sentence);
        found.Score.Reason.Should().Contain(reason, sentence);
    }

    /// <summary>A sentence and what lies around the workload: nothing that bears on it changed.</summary>
    public static TheoryData<string, Situation> Quiet { get; } = new()
    {
        { "nothing", Web() },
        { "a NetworkPolicy of other pods", Around(new() { Policies = [new() { Ref = Target("NetworkPolicy", "api"), CreatedAt = Ago(90), LastChange = Edit, Pods = PodsOf("api") }] }) },
        { "a Service that it does not call, of the name of its image's folder", Around(new() { Services = [Service("registry", "registry") with { LastChange = Edit }] }) },
        { "an Ingress of another namespace, to a Service of the same name", Around(new() { Services = [Service(age: 90_000)], Ingresses = [Ingress() with { Ref = Target("Ingress", "web") with { Namespace = "other" }, CreatedAt = Ago(90) }] }) },
        { "a node on which it does not run", Around(new() { Nodes = [Node() with { Ref = new() { Kind = "Node", Name = "n2" }, CreatedAt = Ago(90) }] }) },
        { "another workload's autoscaler", Around(new() { Autoscalers = [Autoscaler("") with { LastChange = Edit, Scales = Target(name: "api") }] }) },
        { "an edit of its whole spec, which the revisions tell of", Web(new() { LastChange = Edit, Ref = Target(), TemplateJson = Calling }) },
        { "a rollout of a day and more ago", Web() with { Revisions = [Revisions(90_000)[0], Revisions()[1] with { CreatedAt = Ago(200_000) }] } },
    };

    [Theory]
    [MemberData(nameof(Quiet))]
    public void Find_leaves_out_what_is_old_or_has_nothing_to_do_with_it(string sentence, Situation situation) => Find(situation).Should().BeEmpty(sentence);

    [Fact]
    public void Find_looks_back_from_the_onset_however_late_it_is()
    {
        Situation situation = Web() with { Revisions = [Revisions(100_000)[0], Revisions()[1] with { CreatedAt = Ago(200_000) }] };

        ChangeFinder.Find(situation, new Dependencies(situation), FailureFinder.Find(situation), Ago(99_900), Now).Should().ContainSingle().Which.Score.Points.Should().Be(95);
    }

    [Fact]
    public void Find_bears_an_onset_that_nobody_set()
    {
        Situation situation = Web() with { Revisions = Revisions(90) };

        ChangeFinder.Find(situation, new Dependencies(situation), [], default, Now).Should().ContainSingle().Which.Score.Points.Should().Be(0);
    }

    [Fact]
    public void Find_halves_a_rollout_that_a_later_one_replaced()
    {
        ImmutableArray<RevisionFacts> two = Revisions(90);
        RevisionFacts last = two[0] with { Number = 3, CreatedAt = Ago(80), TemplateJson = """{"spec":{"containers":[{"name":"app","image":"shop/web:3"}]}}""" };

        Find(Web() with { Revisions = [last, .. two] }).Select(static c => (c.Change.IsSuperseded, c.Score.Points)).Should().Equal((false, 95), (true, 47));
    }

    [Fact]
    public void Find_takes_a_rollout_for_in_place_after_a_restart()
    {
        ImmutableArray<RevisionFacts> two = Revisions(90);
        RevisionFacts restart = two[0] with { Number = 3, CreatedAt = Ago(80), TemplateJson = two[0].TemplateJson.Replace("{\"spec\"", "{\"metadata\":{\"annotations\":{\"a\":\"b\"}},\"spec\"", StringComparison.Ordinal) };

        Find(Web() with { Revisions = [restart, .. two] }).Select(static c => (c.Change.IsOlder, c.Score.Points)).Should().Equal((true, 95), (false, 70));
    }

    [Theory]
    [InlineData("the same release once more, by the ReplicaSet of the day before", "image", 88, true)]
    [InlineData("pods that were there before the change", "image", 100, false)]
    [InlineData("a change of the number of pods", "replicas", 88, false)]
    public void Find_dates_a_rollout_that_takes_up_an_old_ReplicaSet_again(string sentence, string field, int podAge, bool isNew)
    {
        Situation web = Web(new() { LastChange = new(Ago(90), "kubectl-set", [field]), Ref = Target(), TemplateJson = Calling, CreatedAt = Ago(300_000) });
        Situation again = web with
        {
            Revisions = [Revisions(100_000)[0], Revisions()[1] with { CreatedAt = Ago(200_000) }],
            Pods = [.. web.Pods.Select(p => p with { CreatedAt = Ago(podAge) })],
        };
        (DateTimeOffset, string, int)[] rolledOut = isNew ? [(Ago(90), "kubectl-set", 95)] : [];

        Find(again).Where(static c => c.Change.IsRollout).Select(static c => (c.Change.Time, c.Change.By, c.Score.Points)).Should().Equal(rolledOut, sentence);
    }

    [Fact]
    public void Find_dates_the_undo_of_a_neighbour_by_its_last_change()
    {
        RolloutFacts undone = new(Target(name: "other"), Revisions(100_000)[0] with { Number = 3 }, Revisions(95)[0]);
        Situation situation = Around(new() { Rollouts = [undone], Workloads = [Workload("other") with { LastChange = new(Ago(80), "kubectl-rollout", ["image"]) }] });

        Find(situation).Should().ContainSingle().Which.Change.Time.Should().Be(Ago(80));
    }

    private static ImmutableArray<ScoredChange> Find(Situation situation) => ChangeFinder.Find(situation, new Dependencies(situation), FailureFinder.Find(situation), Onset, Now);

    private static LabelSelectorFacts PodsOf(string app) => new(Labels("app", app), []);

    private static RolloutFacts Rollout(string name) => new(Target(name: name), Revisions(90)[0], Revisions(90)[1]);

    private static Situation Around(Surroundings around) => Web() with { Around = around };

    private static Situation Web(WorkloadFacts? workload = null)
    {
        ContainerFacts crashes = BackingOff() with { ConfigReferences = [new("ConfigMap", "web-config", null)] };
        return Deployment(Pod(crashes, unreadyFor: 60) with { NodeName = "n1", Labels = Labels("app", "web").Add("pod-template-hash", "new") }) with
        {
            Workload = workload ?? new() { Ref = Target(), TemplateJson = Calling, CreatedAt = Ago(90_000) },
        };
    }
}
