using System.Text;
using Firstline.Api.V1Alpha1;
using Firstline.Kube.Client;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Remediation;

public sealed class PreviewTests
{
    [Fact]
    public async Task What_waits_for_an_approval_shows_what_the_API_server_would_make_of_it()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Level = RemediationLevel.L2 });
        await using RunningOperator running = await world.OperatorAsync();
        RemediationRequest waiting = await world.RequestAsync(static r => r.Status?.Stage == "AwaitingApproval");
        waiting.Status!.Preview!.Changes.Should().Equal("Deployment/web: spec.template.spec.containers[app].image: web:2 -> web:1");
        (waiting.Status.Preview.Refusal, waiting.Status.Preview.NotTried).Should().Be((null, null));
        (await world.GenerationAsync()).Should().Be(1, "it was tried, and nothing was stored");
        (await world.ImageAsync()).Should().Be("web:2");
    }

    [Fact]
    public async Task What_the_API_server_would_refuse_is_told_before_anybody_approves()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Level = RemediationLevel.L2 });
        using KubeClient client = world.NewClient();
        await using RunningOperator running = await world.OperatorAsync(new Refusing(client));
        RemediationRequest waiting = await world.RequestAsync(static r => r.Status?.Stage == "AwaitingApproval");
        waiting.Status!.Preview!.Refusal.Should().Be("admission webhook \"images\" denied the request: web:1 is not signed");
        waiting.Status.NextStep.Should().StartWith("As things are the API server would not carry it out: admission webhook").And.Contain("firstline.dev/approved=");
    }

    /// <summary>A server with an admission webhook that takes no change of a Deployment, tried or not.</summary>
    private sealed class Refusing(IKubeClient inner) : IKubeClient
    {
        public string FieldManager => inner.FieldManager;

        public Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct) =>
            request is { Verb: KubeVerb.Patch, Type.Kind: "Deployment" } && Encoding.UTF8.GetString(request.Body.Span).Contains("web:1", StringComparison.Ordinal)
                ? throw new KubeException(KubeErrorKind.Forbidden, "admission webhook \"images\" denied the request: web:1 is not signed")
                : inner.SendAsync(request, ct);

        public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => inner.OpenAsync(request, ct);
    }
}
