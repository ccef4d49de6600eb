using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Planning;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Runbooks;

/// <summary>
/// Each runbook of the library beside all the others: it is chosen for the trouble that it is for, it leaves a like object alone on which there is nothing to do, and a wrong
/// cause leaves everything alone.
/// </summary>
public sealed class RunbookFitTests
{
    private const string NoRunbookIsForThis = Causes.HostPortConflict;
    private static readonly ImmutableArray<Runbook> Library = [.. RunbookLibraryTests.All()];
    private static readonly OwnerReference Report = new() { ApiVersion = "batch/v1", Kind = "CronJob", Name = "report", Uid = "cron-uid", Controller = true };
    private static readonly TargetRef Cron = new() { ApiVersion = "batch/v1", Kind = "CronJob", Namespace = "shop", Name = "report", Uid = "cron-uid" };
    private static readonly TargetRef Scaler = new() { ApiVersion = "autoscaling/v2", Kind = "HorizontalPodAutoscaler", Namespace = "shop", Name = "web", Uid = "hpa-uid" };
    private static readonly TargetRef Data = new() { ApiVersion = "v1", Kind = "PersistentVolumeClaim", Namespace = "shop", Name = "data", Uid = "pvc-uid" };
    private static readonly TargetRef Settings = new() { ApiVersion = "v1", Kind = "ConfigMap", Namespace = "shop", Name = "settings", Uid = "config-uid" };
    private static readonly TaintFacts ShortOfDisk = new("firstline.example/short-of-disk", "", "PreferNoSchedule");

    /// <summary>Runbook, cause, the situation that it is for, a like one on which it has nothing to do, and what it plans.</summary>
    private static readonly ImmutableArray<(string Runbook, string Cause, Situation Fits, Situation Idle, string Actions)> Cases =
    [
        ("undo-bad-rollout", Causes.BadRollout, Sample.Broken, Sample.Broken with { Revisions = [Sample.Revision(2, Sample.Bad, 1, 0)] }, "RolloutUndo"),
        ("undo-change-that-lacks-config", Causes.MissingConfigMap, Sample.Broken, Sample.Broken with { Revisions = [Sample.Revision(2, Sample.Bad, 1, 0)] }, "RolloutUndo"),
        ("raise-memory-limit", Causes.OomKilled, Template("""{"name":"app","resources":{"limits":{"memory":"64Mi"}}}"""), Template("""{"name":"app","resources":{"limits":{"memory":"2Gi"}}}"""), "SetResources"),
        ("restart-hung-workload", Causes.LivenessProbeFailing, Sample.Broken, Sample.Broken with { Workload = Sample.Workload with { Paused = true } }, "RolloutRestart"),
        ("restart-after-certificate-renewal", Causes.CertExpired, Sample.Broken, Sample.Broken with { Workload = Sample.Workload with { Paused = true } }, "RolloutRestart"),
        ("restart-after-secret-rotation", Causes.StaleSecret, Sample.Broken, Sample.Broken with { Workload = Sample.Workload with { Paused = true } }, "RolloutRestart"),
        ("renew-service-account-tokens", Causes.InvalidCredentials, Sample.Broken, Sample.Broken with { Workload = Sample.Workload with { TemplateJson = """{"spec":{"automountServiceAccountToken":false}}""" } }, "RotateServiceAccountToken"),
        ("relax-strict-liveness-probe", Causes.LivenessProbeMisconfigured, Template("""{"name":"app","livenessProbe":{"timeoutSeconds":1}}"""), Template("""{"name":"app","livenessProbe":{"timeoutSeconds":5}}"""), "PatchResource"),
        ("resume-paused-rollout", Causes.RolloutStuck, Sample.Broken with { Workload = Sample.Workload with { Paused = true } }, Sample.Broken, "RolloutResume"),
        ("wake-workload-scaled-to-zero", Causes.ScaledToZero, Sample.Broken with { Workload = Sample.Workload with { DesiredPods = 0, ReadyPods = 0 } }, Sample.Broken with { Workload = Sample.Workload with { DesiredPods = 1 } }, "SetReplicas"),
        ("replace-crashing-pod", Causes.CrashLoopAppError, WithPod(failing: true), WithPod(failing: false), "DeletePod"),
        ("evict-pod-stuck-on-node", Causes.SandboxCreationFailed, Starting(minutes: 5), Starting(minutes: 4), "EvictPod"),
        ("restore-drifted-config", Causes.MisconfiguredAppConfig, Config("b"), Config("a"), "RestoreConfig"),
        ("delete-failed-job", Causes.JobFailed, Jobs(Failed with { Controller = Report }), Jobs(), "DeleteFailedJob"),
        ("retry-failed-job", Causes.JobFailed, new() { Subject = Failed.Ref, Jobs = [Failed] }, new() { Subject = Failed.Ref, Jobs = [Failed with { Conditions = [] }] }, "RetryJob"),
        ("resume-forgotten-cronjob", Causes.JobSuspended, Suspended(true), Suspended(false), "ResumeCronJob"),
        ("suspend-runaway-cronjob", Causes.JobNeverCompletes, Suspended(false), Suspended(true), "SuspendCronJob"),
        ("free-quota-of-cronjob", Causes.QuotaExceeded, Suspended(false), Suspended(true), "SuspendCronJob"),
        ("raise-autoscaler-bound", Causes.HpaAtMaximum, Scale(10), Scale(9), "AdjustHpa"),
        ("expand-full-volume", Causes.DiskFull, Claim(true), Claim(false), "ExpandPvc"),
        ("drain-unready-node", Causes.NodeNotReady, Node(false), NodeActionTests.Node(false), "Cordon, Drain"),
        ("cordon-node-short-of-memory", Causes.NodePressureMemory, Node(false), Node(true), "Cordon"),
        ("taint-node-short-of-disk", Causes.NodePressureDisk, Node(false), NodeActionTests.Node(false, ShortOfDisk), "TaintNode"),
        ("uncordon-forgotten-node", Causes.NodeCordoned, Node(true), Node(false), "Uncordon"),
    ];

    /// <summary>The situation that an action is for, as far as a runbook of the library uses it; else a rollout that failed.</summary>
    internal static Situation Situation(string action) =>
        Cases.FirstOrDefault(c => c.Actions.Split(", ").Contains(action)) is { Fits: { } fits } ? fits : Sample.Broken;

    public static TheoryData<string> Names => [.. Library.Select(static r => r.Metadata.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_runbook_is_chosen_for_its_trouble_alone(string name)
    {
        (string _, string cause, Situation fits, Situation idle, string actions) = Cases.Should().ContainSingle(c => c.Runbook == name, "each runbook of the library is tried here").Subject;
        PlanningResult.Planned planned = Plan(cause, fits).Should().BeOfType<PlanningResult.Planned>().Subject;
        planned.Spec.Runbook.Name.Should().Be(name);
        string.Join(", ", planned.Spec.Plan.Steps.Select(static s => s.Action)).Should().Be(actions);
        planned.Spec.Plan.Steps.Should().OnlyContain(static s => s.Inverse.Length > 0 || s.Irreversible != null || s.Action == "RolloutRestart", "each step can be undone, or says why not");
        planned.Spec.Plan.Target.Uid.Should().NotBeNullOrEmpty();

        Plan(NoRunbookIsForThis, fits).Should().BeOfType<PlanningResult.NotPlanned>("a wrong cause changes nothing");
        Plan(cause, idle).Should().BeOfType<PlanningResult.NotPlanned>("there is nothing to do");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_runbook_of_the_library_is_taken_for_a_cause_that_it_does_not_name(string name)
    {
        Situation fits = Cases.Single(c => c.Runbook == name).Fits;
        foreach (string wrong in Causes.All.Except(Library.Single(r => r.Metadata.Name == name).Spec.Match.Causes))
        {
            (Plan(wrong, fits) as PlanningResult.Planned)?.Spec.Runbook.Name.Should().NotBe(name, wrong);
        }
    }

    [Fact]
    public void What_can_not_be_undone_asks_for_approval_whatever_the_runbook_says() =>
        Cases.Select(static c => ((PlanningResult.Planned)Plan(c.Cause, c.Fits)).Spec).Where(static s => s.Plan.Steps.Any(static step => step.Irreversible != null))
            .Should().HaveCountGreaterThan(5).And.OnlyContain(static s => s.Level == RemediationLevel.L2);

    private static PlanningResult Plan(string cause, Situation situation)
    {
        string ns = situation.Node is null ? "shop" : Sample.OperatorNamespace;
        Hypothesis hypothesis = Sample.BadRollout with { Cause = cause, Resource = situation.Subject };
        Incident incident = Sample.Incident with
        {
            Metadata = Sample.Incident.Metadata with { Namespace = ns },
            Spec = Sample.Incident.Spec with { Target = situation.Subject },
            Status = Sample.Incident.Status! with { Hypotheses = [hypothesis] },
        };
        return Planner.Plan(Sample.Planning with { Incident = incident, Situation = situation, Runbooks = Library });
    }

    private static JobFacts Failed => new()
    {
        Ref = new() { ApiVersion = "batch/v1", Kind = "Job", Namespace = "shop", Name = "import", Uid = "job-uid" },
        Conditions = [new("Failed", ConditionStatus.True, "BackoffLimitExceeded", "", null)],
        FailedSpecJson = """{"template":{"spec":{"containers":[{"name":"app","image":"import:1"}]}}}""",
    };

    private static Situation Template(string container) =>
        Sample.Broken with { Workload = Sample.Workload with { TemplateJson = $$$"""{"spec":{"containers":[{{{container}}}]}}""" } };

    private static Situation WithPod(bool failing) => Sample.Broken with
    {
        Pods = [NodeActionTests.Pod("web-1", "ReplicaSet", ready: !failing) with { Containers = [new() { Name = "app", State = failing ? new ContainerState.Waiting("CrashLoopBackOff", "") : new ContainerState.Running(Sample.Now) }] }, NodeActionTests.Pod("web-2", "ReplicaSet")],
    };

    // As a pod looks whose sandbox can't be made: no container of it has ever failed.
    private static Situation Starting(int minutes) => Sample.Broken with
    {
        Pods =
        [
            NodeActionTests.Pod("web-1", "ReplicaSet", ready: false) with
            {
                Phase = "Pending", NodeName = "node-1", CreatedAt = Sample.Now.AddMinutes(-minutes), Containers = [new() { Name = "app", State = new ContainerState.Waiting("ContainerCreating", "") }],
            },
            NodeActionTests.Pod("web-2", "ReplicaSet"),
        ],
    };

    private static Situation Config(string mode) => new()
    {
        Subject = Settings,
        ConfigMaps = [new() { Ref = Settings, Data = Pair("mode", mode), DeclaredData = Pair("mode", "a") }],
    };

    private static ImmutableSortedDictionary<string, string> Pair(string key, string value) => ImmutableSortedDictionary<string, string>.Empty.Add(key, value);

    private static Situation Jobs(params JobFacts[] jobs) => new() { Subject = Cron, CronJob = new() { Ref = Cron }, Jobs = [.. jobs] };

    private static Situation Suspended(bool suspended) => new() { Subject = Cron, CronJob = new() { Ref = Cron, Suspended = suspended } };

    private static Situation Scale(int current) => new() { Subject = Scaler, Autoscaler = new() { Ref = Scaler, Scales = Sample.Web, Most = 10, Current = current } };

    private static Situation Claim(bool expandable) =>
        new() { Subject = Data, Claim = new() { Ref = Data, Phase = "Bound", Requested = "10Gi", Capacity = "10Gi", IsExpandable = expandable } };

    private static Situation Node(bool cordoned) => NodeActionTests.Node(cordoned) with { BoundPods = [NodeActionTests.Pod("web-1", "ReplicaSet")] };
}
