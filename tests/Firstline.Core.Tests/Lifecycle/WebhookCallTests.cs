using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Lifecycle;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Lifecycle;

public sealed class WebhookCallTests
{
    private const int Never = -1;
    private static readonly Mutation Call = new() { Verb = MutationVerb.Call, Target = new() { Kind = "Webhook", Name = "page" }, Body = """{"content":{"pool":"blue"}}""" };
    private static readonly PlannedStep Step = new() { Name = "call", Action = "CallWebhook", Summary = "call Webhook/page", Forward = [Call] };

    [Fact]
    public void However_often_it_is_sent_it_is_the_same_call()
    {
        RemediationRequest request = Sample.Request();
        WebhookCall call = WebhookCall.Of(request, Step, Call);

        WebhookCall.Of(request with { Status = new() { Steps = [new() { Name = "call", IntendedAt = Sample.Now }] } }, Step, Call).Should().Be(call);
        WebhookCall.Of(request with { Metadata = request.Metadata with { Uid = "other" } }, Step, Call).Key.Should().NotBe(call.Key);
        (call.Webhook, call.Key).Should().Be(("page", "request-uid/call"));
        JsonNode body = JsonNode.Parse(call.Body)!;
        ((string?)body["id"], (string?)body["content"]!["pool"], (string?)body["incident"]!["name"], (string?)body["cause"])
            .Should().Be((call.Key, "blue", request.Spec.Incident.Name, request.Spec.Hypothesis.Cause));
    }

    [Theory]
    [InlineData(200, null, 0, "Applied", 0)]
    [InlineData(204, null, 0, "Applied", 0)]
    [InlineData(302, null, 0, "Failed", 0)]
    [InlineData(400, null, 0, "Failed", 0)]
    [InlineData(401, null, 0, "Failed", 0)]
    [InlineData(422, null, 0, "Failed", 0)]
    [InlineData(408, null, 0, "Waiting", 1)]
    [InlineData(409, null, 0, "Waiting", 1)]
    [InlineData(425, null, 0, "Waiting", 1)]
    [InlineData(429, 20, 0, "Waiting", 20)]
    [InlineData(429, 86400, 0, "Waiting", 300)]
    [InlineData(429, -5, 0, "Waiting", 1)]
    [InlineData(500, null, 8, "Waiting", 8)]
    [InlineData(503, 2, 8, "Waiting", 8)]
    [InlineData(503, null, 600, "Waiting", 30)]
    [InlineData(Never, null, 4, "Waiting", 4)]
    public void Judge_tells_success_from_what_is_tried_again_and_what_has_failed(int code, int? retryAfter, int secondsSoFar, string expected, int again)
    {
        WebhookAnswer answer = code == Never ? new WebhookAnswer.Unknown("it can't be reached") : new WebhookAnswer.Status(code, retryAfter is { } s ? TimeSpan.FromSeconds(s) : null);

        StepOutcome outcome = WebhookCall.Judge("call Webhook/page", answer, Sample.Now, Sample.Now.AddSeconds(secondsSoFar));

        outcome.GetType().Name.Should().Be(expected);
        string message = outcome switch { StepOutcome.Applied a => a.Message, StepOutcome.Waiting w => w.Message, StepOutcome.Failed f => f.Message, _ => "" };
        message.Should().Contain(code == Never ? "it can't be reached" : $"answered {code}", "its status is recorded");
        (outcome as StepOutcome.Waiting)?.Again.Should().Be(TimeSpan.FromSeconds(again));
        ((outcome as StepOutcome.Failed)?.Reason ?? Reasons.WebhookRefused).Should().Be(Reasons.WebhookRefused);
    }

    [Fact]
    public void What_can_not_be_sent_has_failed() =>
        WebhookCall.Judge("call Webhook/page", new WebhookAnswer.NotSent("no such webhook"), null, Sample.Now).Should().Be(new StepOutcome.Failed(Reasons.WebhookRefused, "call Webhook/page: no such webhook"));
}
