using System.Text;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Ports;
using Firstline.Core.Signals;
using Firstline.Kube.Client;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Detection;

/// <summary>Alerts with the labels that kube-prometheus sends, on objects that do not outlive their alert.</summary>
public sealed class AlertRoutingTests
{
    private const string Pod = "web-r2-a";

    private const string CrashLooping = $"""
        "alertname":"KubePodCrashLooping","container":"app","endpoint":"https-main","instance":"10.244.0.7:8443","job":"kube-state-metrics","namespace":"shop",
        "pod":"{Pod}","prometheus":"monitoring/k8s","reason":"CrashLoopBackOff","service":"kube-state-metrics","severity":"warning","uid":"5f0c"
        """;

    private const string JobFailed = """
        "alertname":"KubeJobFailed","condition":"true","container":"kube-rbac-proxy-main","endpoint":"https-main","instance":"10.244.0.7:8443","job":"kube-state-metrics",
        "job_name":"nightly-1","namespace":"shop","prometheus":"monitoring/k8s","severity":"warning"
        """;

    [Fact]
    public async Task An_alert_on_a_pod_that_is_gone_ends_on_the_incident_that_holds_it()
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        await Workloads.RolloutAsync(cluster, "web");
        await ReportAsync(cluster, CrashLooping, "firing");
        await cluster.IncidentAsync(static i => i.Status?.Signals is [{ State: SignalState.Firing }], "an incident");
        await cluster.DeletePodAsync(Pod);

        await ReportAsync(cluster, CrashLooping, "firing");
        await ReportAsync(cluster, CrashLooping, "resolved");

        Incident only = (await cluster.IncidentsAsync()).Should().ContainSingle().Subject;
        only.Spec.Target.ToString().Should().Be("Deployment/web");
        only.Status!.Signals.Should().ContainSingle().Which.Should().BeEquivalentTo(new { State = SignalState.Resolved, Count = 2 });
    }

    [Theory]
    [InlineData("of another namespace", """
        "alertname":"A","namespace":"bank","deployment":"web"
        """)]
    [InlineData("of the cluster, whose incident would be in the operator's namespace", """
        "alertname":"A","node":"node-1"
        """)]
    public async Task An_alert_on_an_object_outside_the_watched_namespaces_opens_nothing(string outside, string labels)
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync(null, "shop");

        (await ReportAsync(cluster, labels, "firing")).Should().Be(IntakeOutcome.NotWatched, outside);
        (await ReportAsync(cluster, "\"alertname\":\"A\",\"namespace\":\"shop\",\"deployment\":\"web\"", "firing")).Should().Be(IntakeOutcome.Stored);

        (await cluster.IncidentsAsync()).Should().ContainSingle().Which.Metadata.Namespace.Should().Be("shop");
    }

    [Fact]
    public async Task An_alert_on_a_Job_that_a_runbook_deleted_ends_on_the_incident_of_its_CronJob()
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        await NightlyAsync(cluster);
        await ReportAsync(cluster, JobFailed, "firing");
        await cluster.IncidentAsync(static i => i.Status?.Signals is [{ State: SignalState.Firing }], "an incident");
        await cluster.DeleteJobAsync("nightly-1");

        await ReportAsync(cluster, JobFailed, "resolved");

        Incident only = (await cluster.IncidentsAsync()).Should().ContainSingle().Subject;
        only.Spec.Target.ToString().Should().Be("CronJob/nightly");
        only.Status!.Signals.Should().ContainSingle().Which.State.Should().Be(SignalState.Resolved);
    }

    [Fact]
    public async Task An_incident_by_hand_on_a_pod_is_joined_by_findings_on_its_workload_and_by_their_end()
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        string pod = await Workloads.RolloutAsync(cluster, "web");
        await cluster.CreateAsync(Incident.Type, $$$"""
            {"apiVersion":"firstline.dev/v1alpha1","kind":"Incident","metadata":{"name":"by-hand"},"spec":{"target":{"kind":"Pod","name":"{{{pod}}}"},"summary":"it is slow"}}
            """);
        await cluster.IncidentAsync(static i => i.Status?.Signals.IsEmpty == false, "a signal by hand");

        await cluster.SetStatusAsync(BuiltinTypes.Pods, pod, Workloads.CrashLooping());
        await cluster.IncidentAsync(static i => i.Status?.Signals.Any(static s => s is { Name: "CrashLoop", State: SignalState.Firing }) == true, "a finding");
        await cluster.SetStatusAsync(BuiltinTypes.Pods, pod, Workloads.Running());
        await cluster.IncidentAsync(static i => i.Status?.Signals.Any(static s => s is { Name: "CrashLoop", State: SignalState.Resolved }) == true, "its end");

        (await cluster.IncidentsAsync()).Should().ContainSingle().Which.Metadata.Name.Should().Be("by-hand");
    }

    private static async Task NightlyAsync(OperatorUnderTest cluster)
    {
        const string Spec = """{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"app","image":"shop/nightly:1"}]}}}""";
        ResourceHeader cron = await cluster.CreateAsync(
            BuiltinTypes.CronJobs,
            """{"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"nightly"},"spec":{"schedule":"0 2 * * *","jobTemplate":{"spec":SPEC}}}""".Replace("SPEC", Spec, StringComparison.Ordinal));
        string owner = Workloads.Owner("batch/v1", "CronJob", cron);
        await cluster.CreateAsync(
            BuiltinTypes.Jobs,
            """{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"nightly-1","ownerReferences":[OWNER]},"spec":SPEC}"""
                .Replace("OWNER", owner, StringComparison.Ordinal).Replace("SPEC", Spec, StringComparison.Ordinal));
        await cluster.SeesJobAsync("nightly-1");
    }

    internal static async Task<IntakeOutcome> ReportAsync(OperatorUnderTest cluster, string labels, string state)
    {
        string ends = state == "resolved" ? Workloads.Time(-1) : "0001-01-01T00:00:00Z";
        string body = $$"""
            {"version":"4","status":"{{state}}","alerts":[{"status":"{{state}}","labels":{ {{labels}} },"startsAt":"{{Workloads.Time(60)}}","endsAt":"{{ends}}"}]}
            """;
        WebhookReading.Accepted read = AlertmanagerWebhook.Parse(Encoding.UTF8.GetBytes(body), DateTimeOffset.UtcNow).Should().BeOfType<WebhookReading.Accepted>().Subject;
        return await cluster.Intake.ReportAsync(new IncidentReport.FromOutside(read.Signals.Should().ContainSingle().Subject), CancellationToken.None);
    }
}
