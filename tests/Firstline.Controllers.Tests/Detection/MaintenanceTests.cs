using System.Text;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.DevServer.Http;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Detection;

/// <summary>What the policy says of findings, on the dev server.</summary>
public sealed class MaintenanceTests
{
    private const string Policy = """
        {"apiVersion":"firstline.dev/v1alpha1","kind":"RemediationPolicy","metadata":{"name":"default"},
         "spec":{"freezes":[{"name":"storage","from":"2020-01-01T00:00:00Z","until":"2120-01-01T00:00:00Z","namespaces":["shop"],"maintenance":true}]}}
        """;

    [Fact]
    public async Task What_begins_during_a_maintenance_is_told_on_its_object_and_reported_when_there_is_none()
    {
        await using DevApiServer server = await OperatorUnderTest.StartServerAsync();
        using KubeClient client = new(new ClusterAccess { Server = server.Url, Credentials = new StaticCredentials(new Credential { Token = server.Users[0].Token }) }, TimeProvider.System);
        await client.CreateAsync(RemediationPolicy.Type, "", Encoding.UTF8.GetBytes(Policy), CancellationToken.None);
        await using (OperatorUnderTest before = await OperatorUnderTest.StartAsync(server))
        {
            TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await using OperatorUnderTest.EventWatch watch = await before.WatchEventsAsync(happening => _ = happening == "Deployment FindingHeld" && held.TrySetResult());
            string pod = await Workloads.RolloutAsync(before, "web");
            await before.SetStatusAsync(BuiltinTypes.Pods, pod, Workloads.CrashLooping());
            await held.Task.WaitAsync(TimeSpan.FromSeconds(20));
            (await before.IncidentsAsync()).Should().BeEmpty();
        }

        await client.DeleteAsync(RemediationPolicy.Type, new("", "default"), CancellationToken.None);
        await using OperatorUnderTest after = await OperatorUnderTest.StartAsync(server);
        Incident incident = await after.IncidentAsync(static i => i.Status?.Count == 1, "an incident once there is no maintenance");

        incident.Spec.Target.Name.Should().Be("web");
    }
}
