using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Detection;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Tests.Diagnosis;
using Firstline.Controllers.Status;
using Firstline.Core.Facts;
using Firstline.Kube.Client;
using Firstline.Kube.Events;
using Firstline.Kube.Informers;
using Firstline.Kube.Leases;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Firstline.Controllers.Tests.Detection;

/// <summary>Whose logs are looked into though nothing seems wrong, and what comes of it.</summary>
public sealed class LogSurveyTests
{
    private static readonly RemediationPolicy Policy = new()
    {
        Metadata = new() { Name = "default" }, Spec = new() { Protected = new() { Namespaces = ["billing"] } },
    };

    public static TheoryData<string, Situation, bool> Cases => new()
    {
        { "a workload", Of("Deployment", "shop"), true },
        { "a workload of a paused namespace", Of("Deployment", "shop") with { NamespacePaused = true }, false },
        { "what runs to an end", Of("CronJob", "shop"), false },
        { "the cluster's own", Of("DaemonSet", "kube-system"), false },
        { "the operator itself", Of("Deployment", "firstline-system"), false },
        { "a namespace that the policy protects", Of("Deployment", "billing"), false },
        { "what is gone", Of("Deployment", "shop") with { Exists = false }, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Logs_are_looked_into_only_where_the_operator_might_act(string whose, Situation situation, bool included) =>
        LogSurveyScope.Includes(situation, [Policy], "firstline-system").Should().Be(included, whose);

    [Fact]
    public void Cluster_without_a_policy_still_has_its_own_namespaces_left_alone() =>
        LogSurveyScope.Includes(Of("DaemonSet", "kube-system"), [], "firstline-system").Should().BeFalse();

    [Fact]
    public async Task A_workload_whose_pods_are_ready_and_whose_log_tells_nothing_but_trouble_gets_an_incident()
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync(logSurveyPeriod: TimeSpan.FromSeconds(1));
        string pod = await Workloads.RolloutAsync(cluster, "web");
        string line = "FATAL: password authentication failed for user \\\"web\\\"\\n";
        await cluster.AnnotateAsync(BuiltinTypes.Pods, pod, $$"""{"fake/log.app":"{{line}}{{line}}{{line}}"}""");

        Incident incident = await cluster.IncidentAsync(static i => i.Status?.Signals.IsEmpty == false, "an incident");

        incident.Spec.Target.ToString().Should().Be("Deployment/web");
        incident.Status!.Signals.Should().ContainSingle().Which.Name.Should().Be("LogErrors");
    }

    [Fact]
    public async Task What_a_log_told_is_over_when_it_does_not_answer_any_more_and_told_again_when_it_does()
    {
        Hanging? logs = null;
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync(TimeSpan.FromMilliseconds(400), client => logs = new Hanging(client));
        string pod = await Workloads.RolloutAsync(cluster, "web");
        await cluster.AnnotateAsync(BuiltinTypes.Pods, pod, """{"fake/log.app":"FATAL: password authentication failed for user web\nFATAL: password authentication failed for user web\n"}""");
        await cluster.IncidentAsync(static i => StateOf(i) == SignalState.Firing, "an incident");

        logs!.Hang = true;
        await cluster.IncidentAsync(static i => StateOf(i) == SignalState.Resolved, "the end of a signal of which nobody can say that it goes on");

        logs.Hang = false;
        await cluster.IncidentAsync(static i => StateOf(i) == SignalState.Firing, "the signal again");
    }

    private static SignalState? StateOf(Incident incident) => incident.Status?.Signals.SingleOrDefault(static s => s.Name == "LogErrors")?.State;

    [Fact]
    public async Task Logs_of_what_seems_healthy_are_read_by_nobody_where_that_is_off() =>
        (await ControllersWithAsync(TimeSpan.FromMinutes(5))).Except(await ControllersWithAsync(TimeSpan.Zero)).Should().Equal("logs");

    private static async Task<ImmutableArray<string>> ControllersWithAsync(TimeSpan period)
    {
        using KubeClient client = new(new() { Server = new("http://127.0.0.1:1") }, TimeProvider.System);
        EventRecorder recorder = new(client, "firstline", "test", TimeProvider.System, NullLogger<EventRecorder>.Instance);
        await using DetectionControllers controllers = new(
            new SharedInformers(client, TimeProvider.System), client, new StatusWriter(client, new AlwaysLeader()), recorder, new NoMetrics(),
            new OperatorOptions("firstline-system") { LogSurveyPeriod = period }, TimeProvider.System, NullLoggerFactory.Instance);
        return [.. controllers.All().Select(static c => c.Name)];
    }

    private static Situation Of(string kind, string ns) => new() { Subject = new() { ApiVersion = "apps/v1", Kind = kind, Namespace = ns, Name = "web" } };

    /// <summary>Leaves the reading of logs without an answer, as a kubelet does that is cut off.</summary>
    private sealed class Hanging(IKubeClient inner) : IKubeClient
    {
        public volatile bool Hang;

        public string FieldManager => inner.FieldManager;

        public async Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct)
        {
            if (Hang && request.Subresource == "log")
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            }

            return await inner.SendAsync(request, ct);
        }

        public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => inner.OpenAsync(request, ct);
    }
}
