using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>All that is known of one subject at one moment: the root of an ownership tree (a workload, CronJob, Job or pod on its own) or a ConfigMap,
/// with the objects that belong to it. Detection, diagnosis, planning and verification all judge this same value.</summary>
/// <remarks>Gathered from caches for one subject at a time: its size does not grow with the cluster.</remarks>
public sealed record Situation
{
    /// <summary>The root object.</summary>
    public required TargetRef Subject { get; init; }

    /// <summary>False when the root object is gone.</summary>
    public bool Exists { get; init; } = true;

    /// <summary>True for a subject of a kind that is not read, such as a custom resource: what is known of it are the pods and ReplicaSets that it controls.</summary>
    public bool IsKnownByPods { get; init; }

    /// <summary>The subject as a Deployment, StatefulSet or DaemonSet; null for other kinds.</summary>
    public WorkloadFacts? Workload { get; init; }

    /// <summary>The subject as a CronJob; null for other kinds.</summary>
    public CronJobFacts? CronJob { get; init; }

    /// <summary>The subject as a Node; null for other kinds.</summary>
    public NodeFacts? Node { get; init; }

    /// <summary>The subject as a HorizontalPodAutoscaler; null for other kinds.</summary>
    public AutoscalerFacts? Autoscaler { get; init; }

    /// <summary>The subject as a PersistentVolumeClaim; null for other kinds.</summary>
    public ClaimFacts? Claim { get; init; }

    /// <summary>Pods of all namespaces that are bound to the subject, when it is a Node. They are not its own: their trouble is that of their workloads.</summary>
    public ImmutableArray<PodFacts> BoundPods { get; init; } = [];

    /// <summary>Ready pods, wherever they run, of the controllers that have a pod on the subject, when it is a Node; DaemonSets are left out.</summary>
    public int BoundWorkloadsReadyPods { get; init; }

    /// <summary>The subject's Jobs, or the subject itself when it is a Job on its own.</summary>
    public ImmutableArray<JobFacts> Jobs { get; init; } = [];

    /// <summary>All pods below the subject, those being deleted included.</summary>
    public ImmutableArray<PodFacts> Pods { get; init; } = [];

    /// <summary>Revisions of the workload, the newest first.</summary>
    public ImmutableArray<RevisionFacts> Revisions { get; init; } = [];

    /// <summary>Pod templates on which the workload was seen healthy before its present one, the newest last.</summary>
    public ImmutableArray<HealthyTemplate> HealthyTemplates { get; init; } = [];

    /// <summary>ConfigMaps that the pods refer to and that exist, or the subject itself.</summary>
    public ImmutableArray<ConfigMapFacts> ConfigMaps { get; init; } = [];

    /// <summary>The subject as a Service; null for other kinds.</summary>
    public ServiceFacts? Service { get; init; }

    /// <summary>The subject as an Ingress; null for other kinds.</summary>
    public IngressFacts? Ingress { get; init; }

    /// <summary>The subject as a PersistentVolume; null for other kinds.</summary>
    public VolumeFacts? Volume { get; init; }

    /// <summary>The subject as a PodDisruptionBudget; null for other kinds.</summary>
    public BudgetFacts? Budget { get; init; }

    /// <summary>The PodDisruptionBudgets that select pods of the subject, when it is a workload; null where they are not known.</summary>
    public ImmutableArray<BudgetFacts>? Budgets { get; init; }

    /// <summary>The subject as a webhook configuration; null for other kinds.</summary>
    public WebhookFacts? Webhook { get; init; }

    /// <summary>Conditions of a subject that is known by them alone, a namespace.</summary>
    public ImmutableArray<ConditionFacts> Conditions { get; init; } = [];

    /// <summary>The subject's deletion; null while it is wanted.</summary>
    public DeletionFacts? Deletion { get; init; }

    /// <summary>What the subject's logs told when they were looked at last; null before that.</summary>
    public LogSurveyFacts? LogSurvey { get; init; }

    /// <summary>What lies around the subject: for detection what a detector asks for, for diagnosis all of it.</summary>
    public Surroundings Around { get; init; } = Surroundings.None;

    /// <summary>What the subject's pods declare, as the first one in trouble does; filled for diagnosis only.</summary>
    public PodDeclaration PodDeclared { get; init; } = PodDeclaration.None;

    /// <summary>Warning events about these objects, the newest first; filled for diagnosis only.</summary>
    public ImmutableArray<EventFacts> Events { get; init; } = [];

    /// <summary>Logs of failing containers; filled for diagnosis only.</summary>
    public ImmutableArray<LogFacts> Logs { get; init; } = [];

    /// <summary>ResourceQuotas of the namespace; filled for the diagnosis of pods that are refused or on no node, null where they were not read.</summary>
    public ImmutableArray<QuotaFacts>? Quotas { get; init; }

    /// <summary>LimitRanges of the namespace; filled like <see cref="Quotas"/>.</summary>
    public ImmutableArray<LimitRangeFacts>? LimitRanges { get; init; }

    /// <summary>How its requests fare; null where it was not asked for. Filled for diagnosis only.</summary>
    public TrafficFacts? Traffic { get; init; }

    /// <summary><c>metadata.resourceVersion</c> by UID, of the objects here as they were read; filled for diagnosis only, and without those that have changed since.</summary>
    public ImmutableDictionary<string, string> Versions { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>True when the subject's namespace, or the subject as a namespace, is being deleted: <c>status.phase</c> Terminating.</summary>
    public bool NamespaceEnding { get; init; }

    /// <summary>True when the subject's namespace is marked as not to be changed; see <see cref="PauseMark"/>.</summary>
    public bool NamespacePaused { get; init; }

    /// <summary>The environment that the labels of the subject's namespace name (see <see cref="EnvironmentMark"/>); null when none does.</summary>
    public string? Environment { get; init; }

    /// <summary>Pods that are wanted: not being deleted and not ended successfully.</summary>
    public IEnumerable<PodFacts> WantedPods => Pods.Where(static p => p.DeletionAt is null && p.Phase != "Succeeded");

    /// <summary>The Jobs that failed for good and that no later one has made up for, the newest first.</summary>
    public IEnumerable<JobFacts> FailedJobs => Jobs.Where(j => j.HasFailed && !IsSuperseded(j)).OrderByDescending(static j => j.CreatedAt).ThenBy(static j => j.Ref.Name, StringComparer.Ordinal);

    private bool IsSuperseded(JobFacts job) =>
        CronJob?.LastSuccessfulTime > (job.Conditions.First(static c => c.Type == "Failed").Since ?? job.CreatedAt) || Jobs.Any(later => later.CreatedAt > job.CreatedAt && later.HasSucceeded);

    /// <summary>True when the subject runs to an end: a Job or CronJob, which has its own rules for retries.</summary>
    public bool IsBatch => Subject.Kind is "Job" or "CronJob";
}
