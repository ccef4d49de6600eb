using Firstline.Api.V1Alpha1;
using Firstline.Cli.Demo;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace Firstline.EndToEnd.Tests.RealServer;

/// <summary>The first days: everything is found and told, nothing is changed, and nothing that is tried is refused.</summary>
[Collection(RealServerCollection.Name)]
public sealed class ObserveOnlyTests(ObserveOnlyFixture server, ITestOutputHelper output) : IClassFixture<ObserveOnlyFixture>
{
    [SkippableFact]
    public async Task A_bad_rollout_is_diagnosed_and_what_would_have_been_done_is_recorded_and_not_done()
    {
        server.Require();
        await using Scene scene = await Scene.OpenAsync(server);
        await scene.Kubectl.RunAsync("apply -f -", Workload.Of("web", 3, "sim.firstline.dev/crash-when: 'image=*/web:2; log=panic: no PAYMENTS_URL'"));
        await scene.HealthyAsync("web");
        await scene.Kubectl.RunAsync("set image deployment/web app=registry.example/web:2");
        string changed = await scene.Kubectl.RunAsync("get deployment web -o jsonpath={.metadata.generation}{.spec}");

        Incident incident = await scene.IncidentAsync("web", "escalated", static i => IncidentTeller.Is(i.Status, ConditionTypes.Escalated));
        string told = await scene.Kubectl.RunAsync($"describe inc {incident.Metadata.Name}");
        output.WriteLine(incident.Status!.NextStep);

        (incident.Status.Hypotheses[0].Cause, incident.Status.Level).Should().Be(("BadRollout", RemediationLevel.L3));
        told.Should().Contain("would have done this, but");
        incident.Status.NextStep.Should().Contain("Observe");
        scene.Requests.All.Should().BeEmpty();
        (await scene.Kubectl.RunAsync("get deployment web -o jsonpath={.metadata.generation}{.spec}")).Should().Be(changed);
        scene.Refused().Should().BeEmpty();
        scene.Asked().Where(static r => r.IsWrite).Select(static r => r.Resource).Distinct()
            .Should().BeSubsetOf(["events", "incidents", "incidents/status", "runbooks/status"]);
    }
}
