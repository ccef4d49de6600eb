using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Firstline.Core.Facts;

/// <summary>Labels of the published taxonomy of causes that the rules and the alert catalogue name, each with its category.</summary>
public static partial class Causes
{
    /// <summary>The last rollout brought a faulty revision.</summary>
    public const string BadRollout = "BadRollout";

    /// <summary>A rollout does not progress, with no more exact label.</summary>
    public const string RolloutStuck = "RolloutStuck";

    /// <summary>An image is missing, private, or has no manifest for the platform.</summary>
    public const string ImagePullError = "ImagePullError";

    /// <summary>A container exits by an application error with no more exact label.</summary>
    public const string CrashLoopAppError = "CrashLoop-AppError";

    /// <summary>A container is killed at its memory limit.</summary>
    public const string OomKilled = "OOMKilled";

    /// <summary>Wrong command, arguments, binary or syntax.</summary>
    public const string InvalidCommand = "InvalidCommand";

    /// <summary>A value in a ConfigMap or environment variable is wrong.</summary>
    public const string MisconfiguredAppConfig = "MisconfiguredAppConfig";

    /// <summary>A key is missing in an existing ConfigMap or Secret.</summary>
    public const string MissingConfigKey = "MissingConfigKey";

    /// <summary>A referenced ConfigMap does not exist.</summary>
    public const string MissingConfigMap = "MissingConfigMap";

    /// <summary>A referenced Secret does not exist.</summary>
    public const string MissingSecret = "MissingSecret";

    /// <summary>An init container fails.</summary>
    public const string InitContainerFailing = "InitContainerFailing";

    /// <summary>A liveness probe fails: the process hangs, or the probe is too strict.</summary>
    public const string LivenessProbeFailing = "LivenessProbeFailing";

    /// <summary>A readiness probe fails: the process hangs, or the probe is wrong.</summary>
    public const string ReadinessProbeFailing = "ReadinessProbeFailing";

    /// <summary>Not enough cpu, memory or an extended resource on the nodes.</summary>
    public const string SchedulingResources = "FailedScheduling-Resources";

    /// <summary>Taints without a toleration.</summary>
    public const string SchedulingTaint = "FailedScheduling-Taint";

    /// <summary>A node selector or node affinity matches no node.</summary>
    public const string SchedulingNodeSelector = "FailedScheduling-NodeSelector";

    /// <summary>Affinity or anti-affinity between pods can't be satisfied.</summary>
    public const string SchedulingAffinity = "FailedScheduling-Affinity";

    /// <summary>A claim that a pod needs is not bound.</summary>
    public const string PvcPending = "PVCPending";

    /// <summary>A claim that a pod needs does not exist.</summary>
    public const string PvcMissing = "PVCMissing";

    /// <summary>A requested host port is taken on every node.</summary>
    public const string HostPortConflict = "HostPortConflict";

    /// <summary>A volume and its pod are bound to different nodes.</summary>
    public const string VolumeNodeAffinityConflict = "VolumeNodeAffinityConflict";

    /// <summary>A Job failed.</summary>
    public const string JobFailed = "JobFailed";

    /// <summary>A node is not ready.</summary>
    public const string NodeNotReady = "NodeNotReady";

    /// <summary>A required environment variable is absent.</summary>
    public const string MissingEnvVar = "MissingEnvVar";

    /// <summary>A volume has no space left.</summary>
    public const string DiskFull = "DiskFull";

    /// <summary>A liveness probe asks a wrong port or path, or is too strict.</summary>
    public const string LivenessProbeMisconfigured = "LivenessProbeMisconfigured";

    /// <summary>An image has no build for the node's architecture.</summary>
    public const string UnsupportedArchitecture = "UnsupportedArchitecture";

    /// <summary>An image can be pulled but its content is faulty.</summary>
    public const string BadImage = "BadImage";

    /// <summary>Memory grows until the process fails, as its log tells.</summary>
    public const string MemoryLeak = "MemoryLeak";

    /// <summary>A ServiceAccount does not exist.</summary>
    public const string MissingServiceAccount = "MissingServiceAccount";

    /// <summary>A postStart or preStop hook fails.</summary>
    public const string LifecycleHookFailed = "LifecycleHookFailed";

    /// <summary>Two processes want the same port in a pod.</summary>
    public const string PortConflict = "PortConflict";

    /// <summary>User, group or capabilities prevent the start.</summary>
    public const string SecurityContext = "SecurityContext";

    /// <summary>A pod was preempted by one of higher priority.</summary>
    public const string Preemption = "Preemption";

    /// <summary>A scheduling gate is set.</summary>
    public const string SchedulingGated = "SchedulingGated";

    /// <summary>A ReadWriteOnce volume is wanted by pods on several nodes.</summary>
    public const string VolumeMultiAttach = "VolumeMultiAttach";

    /// <summary>A StorageClass does not exist.</summary>
    public const string StorageClassMissing = "StorageClassMissing";

    /// <summary>The provisioner of a volume returns an error.</summary>
    public const string ProvisioningFailed = "ProvisioningFailed";

    /// <summary>A claim lost its volume.</summary>
    public const string PvcLost = "PVCLost";

    /// <summary>A PersistentVolume is in phase Failed.</summary>
    public const string PvFailed = "PVFailed";

    /// <summary>A node is short of memory.</summary>
    public const string NodePressureMemory = "NodePressure-Memory";

    /// <summary>A node is short of disk space.</summary>
    public const string NodePressureDisk = "NodePressure-Disk";

    /// <summary>A node is cordoned.</summary>
    public const string NodeCordoned = "NodeCordoned";

    /// <summary>The sandbox or the network of a pod cannot be made.</summary>
    public const string SandboxCreationFailed = "SandboxCreationFailed";

    /// <summary>A workload has zero replicas.</summary>
    public const string ScaledToZero = "ScaledToZero";

    /// <summary>A certificate has expired.</summary>
    public const string CertExpired = "CertExpired";

    /// <summary>A pod was evicted.</summary>
    public const string Evicted = "Evicted";

    /// <summary>A Service's selector does not select the intended pods.</summary>
    public const string ServiceSelectorMismatch = "ServiceSelectorMismatch";

    /// <summary>A Service has no endpoints.</summary>
    public const string ServiceNoEndpoints = "ServiceNoEndpoints";

    /// <summary>A Service's targetPort is not a port that its pods listen on.</summary>
    public const string ServiceTargetPortMismatch = "ServiceTargetPortMismatch";

    /// <summary>A Service that others need does not exist.</summary>
    public const string ServiceMissing = "ServiceMissing";

    /// <summary>Traffic policy Local cuts off callers on other nodes.</summary>
    public const string ServiceTrafficPolicyLocal = "ServiceTrafficPolicyLocal";

    /// <summary>The backend of an Ingress does not exist.</summary>
    public const string IngressBackendMissing = "IngressBackendMissing";

    /// <summary>The class of an Ingress does not exist.</summary>
    public const string IngressClassMissing = "IngressClassMissing";

    /// <summary>An Ingress sends a path to a wrong Service.</summary>
    public const string IngressWrongBackend = "IngressWrongBackend";

    /// <summary>The TLS Secret of an Ingress does not exist.</summary>
    public const string IngressTlsSecretMissing = "IngressTLSSecretMissing";

    /// <summary>A NetworkPolicy blocks traffic that is needed.</summary>
    public const string NetworkPolicyDeny = "NetworkPolicyDeny";

    /// <summary>A host name cannot be resolved.</summary>
    public const string DnsResolutionFailure = "DNSResolutionFailure";

    /// <summary>The cluster's DNS is misconfigured.</summary>
    public const string DnsMisconfigured = "DNSMisconfigured";

    /// <summary>A pod's dnsPolicy or dnsConfig is wrong.</summary>
    public const string WrongDnsPolicy = "WrongDNSPolicy";

    /// <summary>A certificate is invalid.</summary>
    public const string CertInvalid = "CertInvalid";

    /// <summary>The issuer of a certificate cannot issue.</summary>
    public const string CertIssuerNotReady = "CertIssuerNotReady";

    /// <summary>Credentials are refused.</summary>
    public const string InvalidCredentials = "InvalidCredentials";

    /// <summary>A Secret was rotated and a pod still has the old value.</summary>
    public const string StaleSecret = "StaleSecret";

    /// <summary>A ResourceQuota denies a pod.</summary>
    public const string QuotaExceeded = "QuotaExceeded";

    /// <summary>RBAC denies a request that is needed.</summary>
    public const string RbacForbidden = "RBACForbidden";

    /// <summary>A ResourceQuota demands a value that a template does not set.</summary>
    public const string QuotaRequiresLimits = "QuotaRequiresLimits";

    /// <summary>Requests or limits are absent or too small.</summary>
    public const string MissingResourceRequests = "MissingResourceRequests";

    /// <summary>Admission rejects an object.</summary>
    public const string AdmissionDenied = "AdmissionDenied";

    /// <summary>Pod Security Standards reject a pod.</summary>
    public const string AdmissionDeniedPodSecurity = "AdmissionDenied-PodSecurity";

    /// <summary>The backend of an admission webhook cannot be reached.</summary>
    public const string WebhookUnavailable = "WebhookUnavailable";

    /// <summary>A mutating webhook changes pods harmfully.</summary>
    public const string MutatingWebhookOverride = "MutatingWebhookOverride";

    /// <summary>An autoscaler has no metric.</summary>
    public const string HpaNoMetrics = "HPA-NoMetrics";

    /// <summary>The target of an autoscaler does not exist.</summary>
    public const string HpaTargetMissing = "HPA-TargetMissing";

    /// <summary>The pods of a Job never end.</summary>
    public const string JobNeverCompletes = "JobNeverCompletes";

    /// <summary>A CronJob starts no Job although its schedule is due.</summary>
    public const string CronJobMissed = "CronJobMissed";

    /// <summary>An autoscaler is at its maximum and wants more.</summary>
    public const string HpaAtMaximum = "HPA-AtMaximum";

    /// <summary>What GitOps declares was changed by hand.</summary>
    public const string ChangedOutsideGitOps = "ChangedOutsideGitOps";

    /// <summary>A volume cannot be attached or mounted, with no more exact label.</summary>
    public const string VolumeMountFailed = "VolumeMountFailed";

    /// <summary>A Job or CronJob is suspended.</summary>
    public const string JobSuspended = "JobSuspended";

    /// <summary>A PodDisruptionBudget blocks evictions.</summary>
    public const string PdbBlocking = "PDBBlocking";

    /// <summary>An object cannot be deleted because of a finalizer.</summary>
    public const string FinalizerStuck = "FinalizerStuck";

    /// <summary>A dependency cannot be used.</summary>
    public const string DependencyUnavailable = "DependencyUnavailable";

    /// <summary>A connection pool is exhausted.</summary>
    public const string ConnectionPoolExhausted = "ConnectionPoolExhausted";

    /// <summary>A failure goes through several services.</summary>
    public const string CascadingFailure = "CascadingFailure";

    /// <summary>A log tells errors that no finer label names.</summary>
    public const string AppErrorInLogs = "AppErrorInLogs";

    /// <summary>A cpu limit throttles a container.</summary>
    public const string CpuThrottling = "CPUThrottling";

    /// <summary>Category of an incident of which no cause is known.</summary>
    public const string UnknownCategory = "availability";

    private static readonly FrozenDictionary<string, string> Categories = new Dictionary<string, string>
    {
        [BadRollout] = "rollout",
        [RolloutStuck] = "rollout",
        [ImagePullError] = "image",
        [CrashLoopAppError] = "workload-crash",
        [OomKilled] = "workload-crash",
        [InvalidCommand] = "workload-crash",
        [MisconfiguredAppConfig] = "config",
        [MissingConfigKey] = "config",
        [MissingConfigMap] = "config",
        [MissingSecret] = "config",
        [InitContainerFailing] = "workload-crash",
        [LivenessProbeFailing] = "probes",
        [ReadinessProbeFailing] = "probes",
        [SchedulingResources] = "scheduling",
        [SchedulingTaint] = "scheduling",
        [SchedulingNodeSelector] = "scheduling",
        [SchedulingAffinity] = "scheduling",
        [HostPortConflict] = "scheduling",
        [PvcPending] = "storage",
        [PvcMissing] = "storage",
        [VolumeNodeAffinityConflict] = "storage",
        [JobFailed] = "job",
        [NodeNotReady] = "node",
        [CpuThrottling] = "performance",
        [CronJobMissed] = "job",
        [HpaAtMaximum] = "autoscaling",
        [ChangedOutsideGitOps] = "config",
        [VolumeMountFailed] = "storage",
        [JobSuspended] = "job",
        [JobNeverCompletes] = "job",
        [QuotaExceeded] = "quota",
        [StaleSecret] = "credentials",
        [InvalidCredentials] = "credentials",
        [CertExpired] = "certificate",
        [ScaledToZero] = "scaling",
        [SandboxCreationFailed] = "node",
        [NodeCordoned] = "node",
        [NodePressureDisk] = "node",
        [NodePressureMemory] = "node",
        [LivenessProbeMisconfigured] = "probes",
        [DiskFull] = "storage",
        [MissingEnvVar] = "app-config",
        [UnsupportedArchitecture] = "image",
        [BadImage] = "image",
        [MemoryLeak] = "app-logs",
        [MissingServiceAccount] = "rbac",
        [LifecycleHookFailed] = "lifecycle",
        [PortConflict] = "workload-crash",
        [SecurityContext] = "workload-crash",
        [Preemption] = "scheduling",
        [SchedulingGated] = "scheduling",
        [VolumeMultiAttach] = "storage",
        [StorageClassMissing] = "storage",
        [ProvisioningFailed] = "storage",
        [PvcLost] = "storage",
        [PvFailed] = "storage",
        [Evicted] = "node",
        [ServiceSelectorMismatch] = "service-networking",
        [ServiceNoEndpoints] = "service-networking",
        [ServiceTargetPortMismatch] = "service-networking",
        [ServiceMissing] = "service-networking",
        [ServiceTrafficPolicyLocal] = "service-networking",
        [IngressBackendMissing] = "ingress",
        [IngressClassMissing] = "ingress",
        [IngressWrongBackend] = "ingress",
        [IngressTlsSecretMissing] = "ingress",
        [NetworkPolicyDeny] = "network-policy",
        [DnsResolutionFailure] = "dns",
        [DnsMisconfigured] = "dns",
        [WrongDnsPolicy] = "dns",
        [CertInvalid] = "certificate",
        [CertIssuerNotReady] = "certificate",
        [RbacForbidden] = "rbac",
        [QuotaRequiresLimits] = "quota",
        [MissingResourceRequests] = "scheduling",
        [AdmissionDenied] = "admission",
        [AdmissionDeniedPodSecurity] = "admission",
        [WebhookUnavailable] = "admission",
        [MutatingWebhookOverride] = "admission",
        [HpaNoMetrics] = "autoscaling",
        [HpaTargetMissing] = "autoscaling",
        [PdbBlocking] = "availability",
        [FinalizerStuck] = "lifecycle",
        [DependencyUnavailable] = "dependency",
        [ConnectionPoolExhausted] = "dependency",
        [CascadingFailure] = "dependency",
        [AppErrorInLogs] = "app-logs",
    }.ToFrozenDictionary();

    /// <summary>All labels, in the order of the alphabet.</summary>
    public static IEnumerable<string> All => Categories.Keys.Order(StringComparer.Ordinal);

    /// <summary>True for a label of the list, and for one of the users' own: a domain, / and a word, such as <c>example.com/PaymentProviderDown</c>.</summary>
    public static bool IsLabel(string? cause) => IsKnown(cause) || (cause is { Length: <= 63 } own && OwnLabel().IsMatch(own));

    /// <summary>True for a label of the list; text from outside is only taken as a cause when it is one.</summary>
    public static bool IsKnown(string? cause) => cause is not null && Categories.ContainsKey(cause);

    /// <summary>The taxonomy's category of <paramref name="cause"/>; <see cref="UnknownCategory"/> for a label that is not on the list.</summary>
    public static string CategoryOf(string cause) => Categories.GetValueOrDefault(cause, UnknownCategory);

    [GeneratedRegex("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?/[A-Za-z][-A-Za-z0-9]*$", RegexOptions.ExplicitCapture)]
    private static partial Regex OwnLabel();
}
