using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Ports;
using Firstline.DevServer.Http;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Detection;

/// <summary>A namespace that is being deleted takes no new objects: an incident about it, or about what is in it, has to be stored elsewhere.</summary>
public sealed class EndingNamespaceTests
{
    [Fact]
    public async Task A_deletion_that_does_not_end_opens_an_incident_in_the_operators_namespace()
    {
        await using DevApiServer server = await OperatorUnderTest.StartServerAsync(new TenMinutesBehind());
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync(server);

        await DeleteNamespaceAsync(cluster);

        Incident incident = await cluster.IncidentAsync(static i => i.Status?.Hypotheses.IsEmpty == false, "a diagnosed incident");
        incident.Metadata.Namespace.Should().Be("firstline-system");
        incident.Spec.Target.ToString().Should().Be("Namespace/shop");

        // Where the deletion of what is in it is seen before its own end, that is reported too, and joins this incident.
        incident.Status!.Signals.Should().OnlyContain(static s => s.Name == "StuckTerminating").And.Contain(static s => s.Fingerprint == "StuckTerminating/core/Namespace/-/shop");
        (await cluster.IncidentsAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task Alerts_about_it_and_about_what_is_in_it_are_one_incident_in_the_operators_namespace()
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        string pod = await Workloads.RolloutAsync(cluster, "web");
        await DeleteNamespaceAsync(cluster);

        foreach (string labels in (string[])["\"namespace\":\"shop\"", $"\"namespace\":\"shop\",\"pod\":\"{pod}\"", "\"namespace\":\"shop\",\"deployment\":\"gone\""])
        {
            (await AlertRoutingTests.ReportAsync(cluster, $"\"alertname\":\"A\",{labels}", "firing")).Should().Be(IntakeOutcome.Stored, labels);
        }

        Incident only = (await cluster.IncidentsAsync()).Should().ContainSingle().Subject;
        (only.Metadata.Namespace, only.Spec.Target.ToString(), only.Status!.Signals.Length).Should().Be(("firstline-system", "Namespace/shop", 3));
    }

    [Fact]
    public async Task Once_it_was_made_anew_the_same_alert_is_about_its_own_object_again()
    {
        const string Labels = "\"alertname\":\"A\",\"namespace\":\"shop\",\"deployment\":\"web\"";
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        await DeleteNamespaceAsync(cluster);
        await AlertRoutingTests.ReportAsync(cluster, Labels, "firing");
        Incident old = await cluster.IncidentAsync(static i => i.Status?.Signals.IsEmpty == false, "an incident");
        await cluster.RemakeShopAsync(old);

        await AlertRoutingTests.ReportAsync(cluster, Labels, "firing");

        Incident next = await cluster.IncidentAsync(i => i.Metadata.Uid != old.Metadata.Uid, "another incident");
        (next.Metadata.Namespace, next.Spec.Target.ToString()).Should().Be(("shop", "Deployment/web"));
    }

    // A finalizer that nobody takes away holds it.
    private static async Task DeleteNamespaceAsync(OperatorUnderTest cluster)
    {
        await cluster.CreateAsync(BuiltinTypes.ConfigMaps, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"held","finalizers":["example.com/hold"]}}""");
        await cluster.EndShopAsync();
    }

    private sealed class TenMinutesBehind : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddMinutes(-10);
    }
}
