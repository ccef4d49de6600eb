using System.Diagnostics;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Ports;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Firstline.DevServer.Http;
using Firstline.Kube.Client;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace Firstline.Controllers.Tests.Detection;

public sealed class DetectionTests(ITestOutputHelper output)
{
    private static readonly TargetRef Web = new() { ApiVersion = "apps/v1", Kind = "Deployment", Namespace = "shop", Name = "web" };

    [Fact]
    public async Task A_pod_of_a_new_revision_in_CrashLoopBackOff_opens_an_incident_on_its_Deployment_that_names_the_rollout()
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        string pod = await Workloads.RolloutAsync(cluster, "web");

        await cluster.SetStatusAsync(BuiltinTypes.Pods, pod, Workloads.CrashLooping());
        Incident incident = await cluster.IncidentAsync(static i => i.Status?.Hypotheses.IsEmpty == false, "a diagnosed incident");

        incident.Metadata.Should().Match<ObjectMeta>(static m => m.Name == IncidentNames.For(Web, 1) && m.Namespace == "shop");
        incident.Spec.Target.ToString().Should().Be("Deployment/web");
        incident.Spec.Fingerprint.Should().Be("apps/Deployment/shop/web");
        incident.Status!.Hypotheses[0].Cause.Should().Be(Causes.BadRollout);
        incident.Status.Hypotheses[0].ConfidencePercent.Should().BeGreaterThanOrEqualTo(70);
        incident.Status.Category.Should().Be("rollout");
        incident.Status.Count.Should().Be(1);
        incident.Status.Signals.Should().ContainSingle().Which.Name.Should().Be("CrashLoop");
        incident.Status.Conditions.Select(static c => $"{c.Type}={c.Status}").Should().Contain("Detected=True", "Diagnosed=True");
        incident.Status.Timeline.Select(static e => e.By).Should().Contain([FieldManagers.Detection, FieldManagers.Diagnosis]);
        incident.Status.Clocks.Should().Match<IncidentClocks>(static c => c.DetectedAt != null && c.DiagnosedAt >= c.DetectedAt && c.StartedAt <= c.DetectedAt);
        incident.Status.Changes.Should().ContainSingle().Which.Summary.Should().Contain("shop/web:1 to shop/web:2");
        await ExpectVersionAsync(cluster, incident, BuiltinTypes.Deployments, "web", "Deployment/web status");
        await ExpectVersionAsync(cluster, incident, BuiltinTypes.Pods, pod, $"Pod/{pod} status.containerStatuses[app]");
    }

    private static async Task ExpectVersionAsync(OperatorUnderTest cluster, Incident incident, ResourceType type, string name, string source)
    {
        JsonNode found = JsonNode.Parse((await cluster.Client.GetAsync(type, new NamespacedName("shop", name), CancellationToken.None)).Text)!;
        incident.Status!.Evidence.Single(e => e.Source == source).ResourceVersion.Should().Be((string?)found["metadata"]!["resourceVersion"], source);
    }

    [Fact]
    public async Task A_signal_that_ends_is_resolved_and_one_that_comes_back_counts_up_on_the_same_incident()
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        string pod = await Workloads.RolloutAsync(cluster, "web");

        await cluster.SetStatusAsync(BuiltinTypes.Pods, pod, Workloads.CrashLooping());
        await cluster.IncidentAsync(static i => i.Status?.Count == 1, "an incident");
        await cluster.SetStatusAsync(BuiltinTypes.Pods, pod, Workloads.Running());
        Incident quiet = await cluster.IncidentAsync(static i => i.Status?.Signals is [{ State: SignalState.Resolved }], "a resolved signal");
        await cluster.SetStatusAsync(BuiltinTypes.Pods, pod, Workloads.CrashLooping(3));
        Incident back = await cluster.IncidentAsync(static i => i.Status is { Count: 2, Signals: [{ State: SignalState.Firing }] }, "a signal that fires again");

        quiet.Status!.Conditions.Should().Contain(static c => c.Type == ConditionTypes.Detected && c.Status == ConditionStatus.False && c.Reason == SignalLedger.SignalsResolved);
        back.Metadata.Uid.Should().Be(quiet.Metadata.Uid);
        back.Status!.Timeline.Where(static e => e.By == FieldManagers.Detection).Select(static e => e.Reason)
            .Should().Equal(SignalLedger.SignalFired, SignalLedger.SignalResolved, SignalLedger.SignalFired);
    }

    [Fact]
    public async Task An_alert_joins_the_incident_of_the_same_root_and_its_repeats_count_up()
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        string pod = await Workloads.RolloutAsync(cluster, "web");
        await cluster.SetStatusAsync(BuiltinTypes.Pods, pod, Workloads.CrashLooping());
        Incident first = await cluster.IncidentAsync(static i => i.Status?.Count == 1, "an incident");

        IncidentReport.FromOutside alert = Alert(new() { ApiVersion = "v1", Kind = "Pod", Namespace = "shop", Name = pod }, SignalState.Firing);
        await cluster.Intake.ReportAsync(alert, CancellationToken.None);
        await cluster.Intake.ReportAsync(alert, CancellationToken.None);

        Incident joined = await cluster.Client.GetAsync(Incident.Type, NamespacedName.Of(first.Metadata), FirstlineJson.Incident, CancellationToken.None);
        joined.Status!.Signals.Select(static s => $"{s.Name} {s.Count}").Should().BeEquivalentTo("CrashLoop 1", "KubePodCrashLooping 2");
        joined.Status.Count.Should().Be(3);
    }

    [Fact]
    public async Task When_ReportAsync_returns_the_incident_and_its_signal_are_stored()
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        await Workloads.RolloutAsync(cluster, "web");

        await cluster.Intake.ReportAsync(Alert(Web, SignalState.Firing), CancellationToken.None);

        Incident stored = await cluster.Client.GetAsync(Incident.Type, new("shop", IncidentNames.For(Web)), FirstlineJson.Incident, CancellationToken.None);
        stored.Spec.Source.Should().Be(IncidentSource.Alertmanager);
        stored.Status!.Signals.Should().ContainSingle().Which.State.Should().Be(SignalState.Firing);
    }

    [Fact]
    public async Task Many_reports_at_once_make_one_incident_and_lose_no_signal()
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => cluster.Intake.ReportAsync(Alert(Web, SignalState.Firing, $"A{n}"), CancellationToken.None)));

        List<Incident> all = [];
        await foreach (Incident incident in cluster.Client.ListAsync(new ResourceQuery(Incident.Type), FirstlineJson.Incident, CancellationToken.None))
        {
            all.Add(incident);
        }

        all.Should().ContainSingle().Which.Status!.Signals.Should().HaveCount(20);
    }

    [Fact]
    public async Task Reports_to_two_replicas_at_once_make_one_incident_and_lose_no_signal()
    {
        await using OperatorUnderTest leader = await OperatorUnderTest.StartAsync();
        await using OperatorUnderTest standby = await OperatorUnderTest.StartAsync(leader.Server);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(
            n => (n % 2 == 0 ? leader : standby).Intake.ReportAsync(Alert(Web, n < 30 ? SignalState.Firing : SignalState.Resolved, $"A{n % 30}"), CancellationToken.None)));

        Incident only = (await leader.IncidentsAsync()).Should().ContainSingle().Subject;
        only.Status!.Signals.Select(static s => s.Fingerprint).Should().BeEquivalentTo(Enumerable.Range(0, 30).Select(static n => $"alertmanager/A{n}"));
        only.Status.Count.Should().Be(30);
    }

    [Fact]
    public async Task More_alerts_than_an_incident_lists_each_end_on_it()
    {
        const int Alerts = SignalLedger.MaxSignals + 6;
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        for (int n = 0; n < Alerts; n++)
        {
            await cluster.Intake.ReportAsync(Alert(Web, SignalState.Firing, $"A{n}"), CancellationToken.None);
        }

        await cluster.IncidentAsync(static i => i.Status?.UnlistedSignals.Length == 6, "an incident with more signals than fit its list");
        foreach (int n in Enumerable.Range(0, Alerts).Reverse())
        {
            IncidentReport.FromOutside end = Alert(Web, SignalState.Resolved, $"A{n}");
            await cluster.Intake.ReportAsync(end with { Signal = end.Signal with { Target = null } }, CancellationToken.None);
        }

        Incident only = (await cluster.IncidentsAsync()).Should().ContainSingle().Subject;
        only.Status!.UnlistedSignals.Should().BeEmpty();
        only.Status.Conditions.Single(static c => c.Type == ConditionTypes.Detected).Status.Should().Be(ConditionStatus.False);
        only.Status.Count.Should().Be(Alerts);
    }

    [Theory]
    [InlineData("v1", "PersistentVolume")]
    [InlineData("v1", "Node")]
    [InlineData("apiregistration.k8s.io/v1", "APIService")]
    public async Task Alerts_on_an_object_of_the_cluster_make_one_incident(string apiVersion, string kind)
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        TargetRef target = new() { ApiVersion = apiVersion, Kind = kind, Name = "one" };

        await cluster.Intake.ReportAsync(Alert(target, SignalState.Firing, "A"), CancellationToken.None);
        await cluster.IncidentAsync(static i => i.Status?.Count == 1, "an incident");
        await cluster.Intake.ReportAsync(Alert(target, SignalState.Firing, "A"), CancellationToken.None);
        await cluster.Intake.ReportAsync(Alert(target, SignalState.Firing, "B"), CancellationToken.None);

        (await cluster.IncidentsAsync()).Should().ContainSingle().Which.Should().Match<Incident>(static i => i.Metadata.Namespace == "firstline-system" && i.Status!.Count == 3);
    }

    [Fact]
    public async Task A_resolved_alert_without_an_incident_opens_none()
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();

        await cluster.Intake.ReportAsync(Alert(Web, SignalState.Resolved), CancellationToken.None);

        (await cluster.Client.FindAsync(Incident.Type, new("shop", IncidentNames.For(Web)), FirstlineJson.Incident, CancellationToken.None)).Should().BeNull();
    }

    [Fact]
    public async Task Trouble_after_an_incident_is_over_opens_the_next_one_beside_it()
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        await cluster.Intake.ReportAsync(Alert(Web with { Uid = "of-the-deleted" }, SignalState.Firing), CancellationToken.None);
        string first = IncidentNames.For(Web);
        await cluster.Client.PatchAsync(
            Incident.Type, new("shop", first), Patch.Merge((JsonObject)JsonNode.Parse($$$$"""
                {"status":{"conditions":[{"type":"Resolved","status":"True","reason":"Verified","message":"x","lastTransitionTime":"{{{{Workloads.Time(0)}}}}","observedGeneration":1}]}}
                """)!), CancellationToken.None, new WriteOptions { Subresource = "status" });

        await cluster.Intake.ReportAsync(Alert(Web with { Uid = "of-the-new-one" }, SignalState.Firing), CancellationToken.None);

        Incident next = await cluster.Client.GetAsync(Incident.Type, new("shop", IncidentNames.For(Web, 2)), FirstlineJson.Incident, CancellationToken.None);
        next.Status!.Count.Should().Be(1);
        next.Spec.Target.Uid.Should().Be("of-the-new-one", "it was made anew under the same name");
    }

    [Fact]
    public async Task A_finding_whose_incident_lost_its_status_in_a_crash_is_written_again_after_the_restart()
    {
        await using DevApiServer server = await OperatorUnderTest.StartServerAsync();
        await using (OperatorUnderTest before = await OperatorUnderTest.StartAsync(server))
        {
            string pod = await Workloads.RolloutAsync(before, "web");
            await before.SetStatusAsync(BuiltinTypes.Pods, pod, Workloads.CrashLooping());
            await before.IncidentAsync(static i => i.Status?.Hypotheses.IsEmpty == false, "a diagnosed incident");
        }

        using (KubeClient client = new(new Kube.Config.ClusterAccess { Server = server.Url, Credentials = new Kube.Config.StaticCredentials(new Kube.Config.Credential { Token = server.Users[0].Token }) }, TimeProvider.System))
        {
            await client.PatchAsync(
                Incident.Type, new("shop", IncidentNames.For(Web)), Patch.Merge(new JsonObject { ["status"] = null }), CancellationToken.None,
                new WriteOptions { Subresource = "status" });
        }

        await using OperatorUnderTest after = await OperatorUnderTest.StartAsync(server);
        Incident healed = await after.IncidentAsync(static i => i.Status?.Hypotheses.IsEmpty == false, "a healed incident");

        healed.Status!.Signals.Should().ContainSingle().Which.Name.Should().Be("CrashLoop");
    }

    [Fact]
    public async Task An_incident_by_hand_on_a_target_that_does_not_exist_says_so()
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();

        await cluster.CreateAsync(Incident.Type, """
            {"apiVersion":"firstline.dev/v1alpha1","kind":"Incident","metadata":{"name":"by-hand"},"spec":{"target":{"kind":"Deployment","name":"nowhere"},"summary":"it is slow"}}
            """);
        Incident incident = await cluster.IncidentAsync(
            static i => i.Status?.Conditions.Any(static c => c.Type == ConditionTypes.Diagnosed) == true, "a verdict on the incident");

        Condition diagnosed = incident.Status!.Conditions.Single(static c => c.Type == ConditionTypes.Diagnosed);
        (diagnosed.Status, diagnosed.Reason).Should().Be((ConditionStatus.False, "TargetNotFound"));
        diagnosed.Message.Should().Contain("Deployment/nowhere does not exist in namespace shop");
        incident.Status.Signals.Should().ContainSingle().Which.Source.Should().Be(IncidentSource.Manual);
    }

    [Fact]
    public async Task An_incident_by_hand_is_diagnosed_and_joined_by_what_detectors_find()
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        string pod = await Workloads.RolloutAsync(cluster, "web");
        await cluster.CreateAsync(Incident.Type, """
            {"apiVersion":"firstline.dev/v1alpha1","kind":"Incident","metadata":{"name":"by-hand"},"spec":{"target":{"kind":"Deployment","name":"web"}}}
            """);
        await cluster.IncidentAsync(static i => i.Status?.Signals.IsEmpty == false, "a signal by hand");

        await cluster.SetStatusAsync(BuiltinTypes.Pods, pod, Workloads.CrashLooping());
        Incident joined = await cluster.IncidentAsync(static i => i.Status?.Hypotheses.Any(static h => h.Cause == Causes.BadRollout) == true, "a joined incident");

        joined.Metadata.Name.Should().Be("by-hand");
        joined.Status!.Signals.Select(static s => s.Source).Should().BeEquivalentTo([IncidentSource.Manual, IncidentSource.Detector]);
    }

    [Fact]
    public async Task A_guarded_ConfigMap_that_is_edited_opens_an_incident_that_names_it()
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        await cluster.CreateAsync(BuiltinTypes.ConfigMaps, """
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"web-config","annotations":{"firstline.dev/guarded":"true",
              "kubectl.kubernetes.io/last-applied-configuration":"{\"data\":{\"level\":\"info\"}}"}},"data":{"level":"info"}}
            """);

        await cluster.Client.PatchAsync(
            BuiltinTypes.ConfigMaps, new("shop", "web-config"), Patch.Merge((JsonObject)JsonNode.Parse("""{"data":{"level":"debug"}}""")!), CancellationToken.None,
            new WriteOptions { FieldManager = "kubectl-edit" });
        Incident incident = await cluster.IncidentAsync(static i => i.Status?.Hypotheses.IsEmpty == false, "an incident");

        incident.Spec.Target.ToString().Should().Be("ConfigMap/web-config");
        incident.Status!.Hypotheses[0].Should().Match<Hypothesis>(static h => h.Cause == Causes.MisconfiguredAppConfig && h.Resource!.Name == "web-config");
        incident.Status.Evidence.Should().Contain(static e => e.Excerpt.Contains("kubectl-edit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Events_tell_the_incident_and_the_workload()
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        string pod = await Workloads.RolloutAsync(cluster, "web");
        TaskCompletionSource<bool> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        HashSet<string> reasons = [];
        await using OperatorUnderTest.EventWatch watch = await cluster.WatchEventsAsync(happening =>
        {
            reasons.Add(happening);
            if (reasons.IsSupersetOf(["Deployment IncidentOpened", "Incident SignalFired", "Incident HypothesesReady"]))
            {
                told.TrySetResult(true);
            }
        });

        await cluster.SetStatusAsync(BuiltinTypes.Pods, pod, Workloads.CrashLooping());

        (await told.Task.WaitAsync(TimeSpan.FromSeconds(20))).Should().BeTrue();
    }

    [Fact]
    public async Task The_time_from_CrashLoopBackOff_to_the_incident_is_printed_and_stays_within_a_second()
    {
        const int Runs = 20;
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        List<double> elapsed = [];
        for (int run = 0; run < Runs; run++)
        {
            string name = $"web{run}", pod = await Workloads.RolloutAsync(cluster, name);
            Task<Incident> opened = cluster.IncidentAsync(i => i.Spec.Target.Name == name, $"an incident on {name}");
            long start = Stopwatch.GetTimestamp();
            await cluster.SetStatusAsync(BuiltinTypes.Pods, pod, Workloads.CrashLooping());
            await opened;
            elapsed.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        elapsed.Sort();
        output.WriteLine($"CrashLoopBackOff status written -> Incident seen by a watch, ms: median {elapsed[Runs / 2]:0.0}, max {elapsed[^1]:0.0}, {Runs} runs");
        elapsed[Runs / 2].Should().BeLessThan(1000);
    }

    private static IncidentReport.FromOutside Alert(TargetRef target, SignalState state, string fingerprint = "0123") => new(new()
    {
        Source = IncidentSource.Alertmanager, Name = "KubePodCrashLooping", Fingerprint = $"alertmanager/{fingerprint}", State = state, StartsAt = DateTimeOffset.UtcNow,
        EndsAt = state == SignalState.Resolved ? DateTimeOffset.UtcNow : null, Target = target, Summary = "Pod is crash looping.", CauseHint = Causes.CrashLoopAppError,
    });
}
