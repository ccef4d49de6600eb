using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;
using static Firstline.Core.Tests.Facts.Given;
using static Firstline.Core.Tests.Facts.GivenAround;

namespace Firstline.Core.Tests.Diagnosis.Changes;

public sealed class RollbackPlanTests
{
    private static readonly WorkloadFacts Four = Deployment().Workload! with { DesiredPods = 4, MaxUnavailablePods = 1 };

    [Fact]
    public void A_rollout_is_undone_to_the_revision_before()
    {
        RollbackPlan plan = PlanOf(Rolled(Four))!;

        plan.Commands.Should().Equal("kubectl rollout undo deployment/web -n shop --to-revision=1", "kubectl rollout status deployment/web -n shop");
        plan.Downtime.Should().Be("at most 1 pod of 4 at a time beside those that are down already");
        plan.Risk.Should().Be("low: 2 pods of revision 1 still serve");
        plan.Lost.Should().Be("what the rollout brought: image of container app from shop/web:1 to shop/web:2");
    }

    /// <summary>A sentence, the workload, and a part of the plan's text.</summary>
    public static TheoryData<string, WorkloadFacts, string> Cases { get; } = new()
    {
        { "all pods go at once", Four with { UpdateStrategy = "Recreate" }, "all 4 pods, until the older revision's are ready" },
        { "pods are replaced by hand", Four with { UpdateStrategy = "OnDelete" }, "none by the command itself: pods are replaced when somebody deletes them" },
        { "Helm made it", Four with { Annotations = Labels(DeploymentMarks.HelmRelease, "shop").Add(DeploymentMarks.HelmNamespace, "apps") }, "helm history shop -n apps\nhelm rollback shop REVISION -n apps   # the revision before the change, from the list above\nkubectl rollout status deployment/web -n shop" },
        { "a StatefulSet replaces no pod that is not ready", Four with { Ref = Target("StatefulSet") }, "--to-revision=1\nkubectl delete pod POD -n shop" },
        { "Helm would make it again", Four with { Annotations = Labels(DeploymentMarks.HelmRelease, "shop") }, "Helm would put the change back" },
        { "Argo CD would make it again", Four with { Annotations = Labels("argocd.argoproj.io/tracking-id", "shop:apps/Deployment:shop/web") }, "Argo CD would put the change back: revert it at its source too" },
        { "Flux would make it again", Four with { Labels = Labels("kustomize.toolkit.fluxcd.io/name", "shop") }, "Flux would put the change back" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_plan_says_what_its_workload_makes_of_it(string sentence, WorkloadFacts workload, string text)
    {
        RollbackPlan plan = PlanOf(Rolled(workload))!;

        string.Join('\n', [.. plan.Commands, plan.Downtime, plan.Risk]).Should().Contain(text, sentence);
    }

    [Fact]
    public void The_name_of_a_release_that_a_shell_would_read_is_in_no_command()
    {
        RollbackPlan plan = PlanOf(Rolled(Four with { Annotations = Labels(DeploymentMarks.HelmRelease, "x; rm -rf /") }))!;

        plan.Commands.Should().OnlyContain(static c => c.StartsWith("kubectl ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_guarded_ConfigMap_is_put_back_to_what_it_was_declared_with()
    {
        RollbackPlan plan = PlanOf(Crashing() with { ConfigMaps = [Config("de'bug", changed: 90)] })!;

        plan.Commands.Should().Equal("kubectl patch configmap web-config -n shop --type merge -p '{\"data\":{\"level\":\"info\"}}'");
        plan.Lost.Should().Be("the changes of level by kubectl-edit");
    }

    /// <summary>A sentence and the situation: how to take the change back is not known, or must not be shown.</summary>
    public static TheoryData<string, Situation> Without { get; } = new()
    {
        { "a ConfigMap that nobody declared", Crashing() with { ConfigMaps = [Config("debug", null, changed: 90)] } },
        { "a secret in what was declared", Crashing() with { ConfigMaps = [Config("debug", "password=hunter22", changed: 90)] } },
        { "a restart, of which nothing is to be undone", Crashing() with { Workload = Four, Revisions = Revisions(90, before: "{\"spec\":{}}", after: "{\"metadata\":{\"annotations\":{\"a\":\"b\"}},\"spec\":{}}") } },
        { "a neighbour's rollout, which is no culprit", Crashing() with { Around = new() { Workloads = [Workload("api")], Rollouts = [new(Target(name: "api"), Revisions(90)[0], Revisions(90)[1])] } } },
    };

    [Theory]
    [MemberData(nameof(Without))]
    public void There_is_no_plan_where_it_is_not_known_how(string sentence, Situation situation) => PlanOf(situation).Should().BeNull(sentence);

    private static RollbackPlan? PlanOf(Situation situation) =>
        Diagnoser.Diagnose(new(new IncidentSpec { Target = situation.Subject }, [], situation, Now)).Changes[0].Rollback;

    private static Situation Rolled(WorkloadFacts workload) => Crashing() with { Workload = workload, Revisions = Revisions(90) };

    private static Situation Crashing() => Deployment(Pod(BackingOff() with { ConfigReferences = [new("ConfigMap", "web-config", null)] }, age: 80));
}
