using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Tests.Facts;

/// <summary>Facts for tables: a healthy default, changed with <c>with</c>.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Ago(int seconds) => Now.AddSeconds(-seconds);

    public static TargetRef Target(string kind = "Deployment", string name = "web", string apiVersion = "apps/v1") =>
        new() { ApiVersion = apiVersion, Kind = kind, Namespace = "shop", Name = name, Uid = $"uid-{name}" };

    public static Situation Deployment(params PodFacts[] pods) => new()
    {
        Subject = Target(),
        Workload = new()
        {
            Ref = Target(),
            Generation = 2,
            ObservedGeneration = 2,
            DesiredPods = Math.Max(1, pods.Length),
            ReadyPods = pods.Count(static p => p.IsReady),
            UpdatedPods = pods.Length,
            AvailablePods = pods.Count(static p => p.IsReady),
            CreatedAt = Ago(86_400),
        },
        Pods = [.. pods],
    };

    public static Situation Job(params PodFacts[] pods) => new()
    {
        Subject = Target("Job", "import", "batch/v1"),
        Jobs = [new() { Ref = Target("Job", "import", "batch/v1"), CreatedAt = Ago(600) }],
        Pods = [.. pods],
    };

    /// <summary>A pod of revision <paramref name="hash"/> that was made <paramref name="age"/> seconds ago and is ready when all its containers are.</summary>
    public static PodFacts Pod(ContainerFacts container, string name = "web-1", int age = 300, int? unreadyFor = null, string hash = "new") => new()
    {
        Ref = Target("Pod", name, "v1"),
        Labels = ImmutableSortedDictionary<string, string>.Empty.Add("pod-template-hash", hash),
        Phase = "Running",
        CreatedAt = Ago(age),
        Conditions =
        [
            new("PodScheduled", ConditionStatus.True, "", "", Ago(age)),
            new("Ready", container.Ready ? ConditionStatus.True : ConditionStatus.False, "", "", Ago(unreadyFor ?? age)),
        ],
        Containers = [container],
    };

    public static ContainerFacts Running(int forSeconds = 200, int restarts = 0, ContainerState.Terminated? last = null, bool ready = true) => new()
    {
        Name = "app", Image = "shop/web:2", Ready = ready, RestartCount = restarts, LastTermination = last, State = new ContainerState.Running(Ago(forSeconds)),
    };

    public static ContainerFacts Waiting(string reason, int restarts = 0, ContainerState.Terminated? last = null, string message = "") => new()
    {
        Name = "app", Image = "shop/web:2", RestartCount = restarts, LastTermination = last, State = new ContainerState.Waiting(reason, message),
    };

    public static ContainerFacts BackingOff(int exitCode = 1, int restarts = 3, string reason = "Error") =>
        Waiting("CrashLoopBackOff", restarts, Ended(exitCode, reason: reason));

    /// <summary>A run of <paramref name="ran"/> seconds that ended <paramref name="ago"/> seconds ago.</summary>
    public static ContainerState.Terminated Ended(int exitCode = 1, int ago = 20, int ran = 2, string reason = "Error", string message = "") =>
        new(reason, exitCode, message, Ago(ago + ran), Ago(ago));

    public static ProbeFacts Probe(int delay = 0, int period = 10, int threshold = 3) =>
        new(TimeSpan.FromSeconds(delay), TimeSpan.FromSeconds(period), threshold);

    /// <summary>Two revisions: the older with <paramref name="readyBefore"/> ready pods, the newest made <paramref name="rolledOut"/> seconds ago.</summary>
    public static ImmutableArray<RevisionFacts> Revisions(
        int rolledOut = 60, int readyBefore = 2, string before = """{"spec":{"containers":[{"name":"app","image":"shop/web:1"}]}}""",
        string after = """{"spec":{"containers":[{"name":"app","image":"shop/web:2"}]}}""") =>
    [
        new() { Ref = Target("ReplicaSet", "web-new"), Number = 2, CreatedAt = Ago(rolledOut), PodHash = "new", DesiredPods = 1, TemplateJson = after },
        new() { Ref = Target("ReplicaSet", "web-old"), Number = 1, CreatedAt = Ago(86_400), PodHash = "old", DesiredPods = readyBefore, ReadyPods = readyBefore, TemplateJson = before },
    ];

    public static ConfigMapFacts Config(string value = "info", string? declared = "info", bool guarded = true, int changed = 60) => new()
    {
        Ref = Target("ConfigMap", "web-config", "v1"),
        Annotations = guarded
            ? ImmutableSortedDictionary<string, string>.Empty.Add(AnnotationNames.Guarded, "true") : ImmutableSortedDictionary<string, string>.Empty,
        Data = ImmutableSortedDictionary<string, string>.Empty.Add("level", value),
        DeclaredData = declared is null ? null : ImmutableSortedDictionary<string, string>.Empty.Add("level", declared),
        ChangedAt = Ago(changed),
        ChangedBy = "kubectl-edit",
    };

    public static string Text(object? value) => string.Create(CultureInfo.InvariantCulture, $"{value}");
}
