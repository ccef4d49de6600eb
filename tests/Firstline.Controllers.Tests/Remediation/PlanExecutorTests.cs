using System.Text;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Remediation;
using Firstline.Core.Lifecycle;
using Firstline.Kube.Client;
using Firstline.Kube.Leases;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Remediation;

public sealed class PlanExecutorTests
{
    private const string Untold = "the server rejected our request due to an error in our request";
    private static readonly TargetRef Web = new() { ApiVersion = "apps/v1", Kind = "Deployment", Namespace = "shop", Name = "web", Uid = "w" };

    [Theory]
    [InlineData(MutationVerb.JsonPatch)]
    [InlineData(MutationVerb.MergePatch)]
    [InlineData(MutationVerb.Delete)]
    public async Task A_change_may_be_sent_only_as_long_as_the_lease_surely_holds(MutationVerb verb)
    {
        OneDeployment server = new();
        await SendAsync(server, verb);
        server.Sent.Should().ContainSingle().Which.OnceWithin.Should().Be(TimeSpan.FromSeconds(4));
    }

    [Theory]
    [InlineData("a failed test, as Kubernetes tells it", MutationVerb.JsonPatch, Untold, true)]
    [InlineData("a failed test, told in full", MutationVerb.JsonPatch, "testing value /metadata/uid failed: test failed", true)]
    [InlineData("a webhook that says no", MutationVerb.JsonPatch, "admission webhook \"x\" denied the request: no", false)]
    [InlineData("no JSON patch, so no test", MutationVerb.MergePatch, Untold, false)]
    public async Task A_patch_whose_test_fails_is_drift_and_not_a_refusal(string situation, MutationVerb verb, string message, bool isDrift)
    {
        OneDeployment server = new() { Answer = Refusal(message) };
        StepOutcome outcome = await SendAsync(server, verb);
        (outcome is StepOutcome.Drifted).Should().Be(isDrift, situation);
        (outcome is StepOutcome.Refused).Should().Be(!isDrift, situation);
    }

    [Fact]
    public async Task A_field_that_the_schema_refuses_is_a_refusal()
    {
        Api.Meta.Status invalid = Refusal("Deployment.apps \"web\" is invalid") with { Details = new() { Causes = [new() { Field = "spec.replicas", Reason = "FieldValueInvalid" }] } };
        (await SendAsync(new OneDeployment { Answer = invalid }, MutationVerb.JsonPatch)).Should().BeOfType<StepOutcome.Refused>();
    }

    private static Task<StepOutcome> SendAsync(OneDeployment server, MutationVerb verb)
    {
        string? body = verb switch { MutationVerb.JsonPatch => "[]", MutationVerb.MergePatch => "{}", _ => null };
        PlannedStep step = new() { Name = "undo", Summary = "undo it", Forward = [new() { Verb = verb, Target = Web, Body = body }] };
        RemediationRequest request = new()
        {
            Metadata = new() { Name = "undo", Namespace = "shop", Uid = "r" },
            Spec = new() { Plan = new() { Target = Web, TargetGeneration = 1, Steps = [step] } },
        };
        return new PlanExecutor(server, new FourSeconds()).SendAsync(request, step, PlanDirection.Forward, WriteMode.Commit, CancellationToken.None);
    }

    private static Api.Meta.Status Refusal(string message) => new() { Outcome = "Failure", Reason = "Invalid", Message = message, Code = 422 };

    private sealed class FourSeconds : ILeadership
    {
        public bool IsLeader => true;

        public TimeSpan EnsureLeader() => TimeSpan.FromSeconds(4);
    }

    private sealed class OneDeployment : IKubeClient
    {
        public string FieldManager => "test";

        public Api.Meta.Status? Answer { get; init; }

        public List<KubeRequest> Sent { get; } = [];

        public Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct)
        {
            if (request.Verb != KubeVerb.Get)
            {
                Sent.Add(request);
                if (Answer is not null)
                {
                    throw new KubeException(KubeErrorKind.Invalid, Answer.Message!, Answer);
                }
            }

            const string Deployment = """{"kind":"Deployment","metadata":{"uid":"w","resourceVersion":"5","generation":1}}""";
            return Task.FromResult(new KubeResponse(Encoding.UTF8.GetBytes(Deployment), []));
        }

        public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => throw new NotSupportedException();
    }
}
