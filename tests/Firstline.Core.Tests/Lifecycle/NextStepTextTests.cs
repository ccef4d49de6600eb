using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;
using Firstline.Core.Lifecycle;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Lifecycle;

public sealed class NextStepTextTests
{
    [Theory]
    [InlineData("a Deployment", "apps/v1", "Deployment", "web", "Begin with: kubectl describe deployment web -n shop")]
    [InlineData("a custom resource", "example.org/v1", "Banana", "yellow", "Begin with: kubectl describe banana.example.org yellow -n shop")]
    [InlineData("a role of the cluster", "rbac.authorization.k8s.io/v1", "ClusterRole", "system:node", "Begin with: kubectl describe clusterrole.rbac.authorization.k8s.io system:node -n shop")]
    public void HandedOver_says_how_to_look_at_the_target(string situation, string apiVersion, string kind, string name, string expected) =>
        NextStepText.HandedOver(About(apiVersion, kind, name), "look").Should().Contain(expected, situation);

    [Theory]
    [InlineData("a name with a second command", "apps/v1", "Deployment", "x; rm -rf ~ #")]
    [InlineData("a name with a substitution", "apps/v1", "Deployment", "$(id)")]
    [InlineData("a name that would be a flag", "apps/v1", "Deployment", "--all")]
    [InlineData("a name of two lines", "apps/v1", "Deployment", "a\nb")]
    [InlineData("a kind with a second command", "apps/v1", "Pod;id", "web")]
    [InlineData("a group with a second command", "example.org|id/v1", "Banana", "web")]
    public void HandedOver_makes_no_command_of_a_target_that_no_object_can_have(string situation, string apiVersion, string kind, string name)
    {
        Incident incident = About(apiVersion, kind, name);

        NextStepText.HandedOver(incident, "look").Should().EndWith(
            $"Begin with: kubectl describe inc {incident.Metadata.Name} -n shop; when it is over and its signals fire on: "
            + $"kubectl annotate inc {incident.Metadata.Name} -n shop firstline.dev/resolved=\"<why>\"", situation);
    }

    [Fact]
    public void Waiting_for_the_kill_switch_says_how_to_let_changes_go_on()
    {
        GateVerdict closed = new KillSwitchGate().Judge(Sample.View with { Policy = new() { Suspended = true, SuspendedReason = "trying it out" } }, Sample.Now);

        NextStepText.Waiting(Sample.Request(), closed).Should().Be(
            "Waits because gate KillSwitch is closed: remediation is suspended in RemediationPolicy default: trying it out. "
            + """To let changes go on: kubectl patch rempol default --type merge -p '{"spec":{"suspended":false,"suspendedReason":null}}'.""");
    }

    private static Incident About(string apiVersion, string kind, string name) => Sample.Incident with
    {
        Spec = Sample.Incident.Spec with { Target = new() { ApiVersion = apiVersion, Kind = kind, Name = name } },
        Status = Sample.Incident.Status! with { Hypotheses = [] },
    };
}
