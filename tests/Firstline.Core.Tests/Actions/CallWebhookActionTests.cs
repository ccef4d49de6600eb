using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Planning;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Actions;

public sealed class CallWebhookActionTests
{
    [Fact]
    public void The_plan_names_the_target_and_the_declared_content_and_nothing_of_the_cluster()
    {
        ActionResult.Planned plan = Sample.Plan(new CallWebhookAction(), Sample.Broken, null, ("webhook", "page"), ("content", """{"pool":"blue"}"""), ("timeout", "5m"))
            .Should().BeOfType<ActionResult.Planned>().Subject;

        Mutation call = plan.Forward.Should().ContainSingle().Subject;
        (call.Verb, call.Target.Kind, call.Target.Name).Should().Be((MutationVerb.Call, "Webhook", "page"));
        call.Body.Should().Be("""{"target":{"apiVersion":"apps/v1","kind":"Deployment","namespace":"shop","name":"web","uid":"web-uid"},"content":{"pool":"blue"}}""");
        (plan.Irreversible, plan.Inverse.IsEmpty, plan.DisruptedPods, plan.Timeout).Should().Be(("it can't be undone what the webhook does", true, 0, TimeSpan.FromMinutes(5)));
    }

    [Theory]
    [InlineData("webhook", "https://attacker.example")]
    [InlineData("webhook", "")]
    [InlineData("content", "restart all")]
    [InlineData("content", "[1]")]
    [InlineData("content", "null")]
    [InlineData("content", """{"pool":"blue","pool":"green"}""")]
    [InlineData("content", """{"a":{"pool":1,"pool":2}}""")]
    [InlineData("content", """{"a":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}""")]
    [InlineData("timeout", "1s")]
    public void What_is_wrong_with_a_parameter_is_said(string parameter, string value) =>
        new CallWebhookAction().Parameters.Single(p => p.Name == parameter).Problem(value).Should().StartWith("must be");

    [Fact]
    public void A_call_touches_no_object()
    {
        ActionResult.Planned plan = (ActionResult.Planned)Sample.Plan(new CallWebhookAction(), Sample.Broken, null, ("webhook", "page"));
        RemediationPlan whole = new() { Target = Sample.Web, Steps = [new() { Name = "call", Forward = plan.Forward }] };
        TouchedObjects.Of(whole, "shop").Should().ContainSingle().Which.Ref.Should().Be(Sample.Web, "only the target is locked and counted");
    }
}
