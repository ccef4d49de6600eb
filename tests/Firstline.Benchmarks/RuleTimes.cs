using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis;
using Firstline.Core.Facts;

namespace Firstline.Benchmarks;

/// <summary>How long the rules take for one diagnosis with all that it may rest on: a bad rollout in a namespace of many workloads, with Events, logs and metrics at their bounds.</summary>
internal static class RuleTimes
{
    private const int WarmUps = 50;
    private const int Runs = 200;
    private const int Workloads = 100;
    private const int Lines = 1000;
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The time of each of many diagnoses, after some that are not counted.</summary>
    public static ImmutableArray<TimeSpan> Measure()
    {
        DiagnosisInput input = new(new IncidentSpec { Target = Target("Deployment", "web") }, [Signal], Case(), Now);
        for (int i = 0; i < WarmUps; i++)
        {
            Diagnoser.Diagnose(input);
        }

        return
        [
            .. Enumerable.Range(0, Runs).Select(_ =>
            {
                long start = Stopwatch.GetTimestamp();
                Diagnoser.Diagnose(input);
                return Stopwatch.GetElapsedTime(start);
            }),
        ];
    }

    private static SignalRecord Signal => new() { Fingerprint = "f", Name = "CrashLoop", State = SignalState.Firing, FirstSeen = Ago(60), LastSeen = Now, Summary = "container app is in CrashLoopBackOff" };

    private static Situation Case()
    {
        ImmutableArray<PodFacts> pods = [.. Enumerable.Range(0, 6).Select(Pod)];
        return new()
        {
            Subject = Target("Deployment", "web"),
            Workload = Workload("web") with { DesiredPods = pods.Length, UpdatedPods = pods.Length },
            Pods = pods,
            Revisions = [Revision(2, 120, "web:2"), Revision(1, 86_400, "web:1")],
            ConfigMaps = [new() { Ref = Target("ConfigMap", "web-config"), ChangedAt = Ago(7200), ChangedBy = "kubectl-edit" }],
            Events = [.. pods.SelectMany(static p => Enumerable.Range(0, 6).Select(n => new EventFacts(p.Ref, "Warning", $"Reason{n}", "Back-off restarting failed container", n + 1, Ago(n))))],
            Logs = [.. pods.Take(3).Select(static p => new LogFacts(p.Ref.Name, "app", true, [.. Enumerable.Range(0, Lines).Select(Line)]))],
            Around = new()
            {
                Workloads = [.. Enumerable.Range(0, Workloads).Select(static n => Workload($"app-{Text(n)}"))],
                Services = [.. Enumerable.Range(0, Workloads).Select(static n => Service($"app-{Text(n)}")), Service("web")],
                Nodes = [.. Enumerable.Range(0, Workloads).Select(static n => new NodeFacts { Ref = Target("Node", $"node-{Text(n)}"), CreatedAt = Ago(86_400), Conditions = [new("Ready", ConditionStatus.True, "", "", null)] })],
                Rollouts = [.. Enumerable.Range(0, Workloads).Select(static n => new RolloutFacts(Target("Deployment", $"app-{Text(n)}"), Revision(2, 600 + n, "app:2"), Revision(1, 86_400, "app:1")))],
            },
        };
    }

    private static PodFacts Pod(int number) => new()
    {
        Ref = Target("Pod", $"web-{Text(number)}"),
        Labels = Labels("web").Add("pod-template-hash", "h2"),
        Phase = "Running",
        NodeName = $"node-{Text(number)}",
        CreatedAt = Ago(110),
        Conditions = [new("Ready", ConditionStatus.False, "", "", Ago(100)), new("PodScheduled", ConditionStatus.True, "", "", Ago(110))],
        Containers =
        [
            new()
            {
                Name = "app", Image = "web:2", RestartCount = 4, State = new ContainerState.Waiting("CrashLoopBackOff", "back-off"), LastTermination = new("Error", 1, "", Ago(20), Ago(10)),
                ConfigReferences = [new("ConfigMap", "web-config", null), new("Secret", "db", "password")],
            },
        ],
    };

    private static WorkloadFacts Workload(string name) => new()
    {
        Ref = Target("Deployment", name), DesiredPods = 2, ReadyPods = 2, UpdatedPods = 2, AvailablePods = 2, CreatedAt = Ago(86_400), TemplateJson = Template(name, "app:1"),
    };

    private static RevisionFacts Revision(int number, int age, string image) => new()
    {
        Ref = Target("ReplicaSet", $"web-{Text(number)}"), Number = number, CreatedAt = Ago(age), PodHash = $"h{Text(number)}", DesiredPods = 6, TemplateJson = Template("web", image),
    };

    private static ServiceFacts Service(string name) => new() { Ref = Target("Service", name), CreatedAt = Ago(86_400), Selector = Labels(name), Ports = [new("", 80, "8080")] };

    private static string Template(string name, string image) =>
        $$$"""{"metadata":{"labels":{"app":"{{{name}}}"}},"spec":{"containers":[{"name":"app","image":"{{{image}}}","env":[{"name":"UPSTREAM","value":"http://app-1:80"},{"name":"OTHER","value":"http://app-2:80"}]}]}}""";

    private static string Line(int number) => number % 10 == 0 ? $"error: request {Text(number)} to http://app-{Text(number % 7)} failed: connection refused" : $"handled request {Text(number)} in {Text(number % 90)} ms";

    private static ImmutableSortedDictionary<string, string> Labels(string app) => ImmutableSortedDictionary<string, string>.Empty.Add("app", app);

    private static TargetRef Target(string kind, string name) => new() { Kind = kind, Name = name, Namespace = kind == "Node" ? null : "shop", Uid = $"{kind}-{name}" };

    private static DateTimeOffset Ago(int seconds) => Now.AddSeconds(-seconds);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
