namespace Firstline.Controllers.Observation.Reading;

/// <summary>The fields that are read of a pod. Its annotations and managedFields, half of its bytes, are not among them.</summary>
internal static class PodShapes
{
    private static readonly JsonShape<LimitsDraft> Limits = new(("memory", static (ref r, d) => d.Memory = JsonValues.Quantity(ref r)));

    private static readonly JsonShape<ResourcesDraft> Resources = new(("limits", static (ref r, d) => Limits.Read(ref r, d.Limits)));

    private static readonly JsonShape<MountDraft> Mount = new(("name", static (ref r, d) => d.Name = JsonValues.Shared(ref r)));

    private static readonly JsonShape<ProbeDraft> Probe = new(
        ("initialDelaySeconds", static (ref r, d) => d.InitialDelaySeconds = JsonValues.Number(ref r)),
        ("periodSeconds", static (ref r, d) => d.PeriodSeconds = JsonValues.Number(ref r)),
        ("failureThreshold", static (ref r, d) => d.FailureThreshold = JsonValues.Number(ref r)));

    private static readonly JsonShape<ContainerDraft> Container = new(
        ("name", static (ref r, d) => d.Name = JsonValues.Shared(ref r)),
        ("image", static (ref r, d) => d.Image = JsonValues.Shared(ref r)),
        ("restartPolicy", static (ref r, d) => d.RestartPolicy = JsonValues.Shared(ref r)),
        ("env", static (ref r, d) => d.Env.Read(ref r, ConfigShapes.Env)),
        ("envFrom", static (ref r, d) => d.EnvFrom.Read(ref r, ConfigShapes.EnvFrom)),
        ("volumeMounts", static (ref r, d) => d.Mounts.Read(ref r, Mount)),
        ("resources", static (ref r, d) => Resources.Read(ref r, d.Resources)),
        ("startupProbe", static (ref r, d) => Probe.Read(ref r, d.StartupProbe)),
        ("livenessProbe", static (ref r, d) => Probe.Read(ref r, d.LivenessProbe)),
        ("readinessProbe", static (ref r, d) => Probe.Read(ref r, d.ReadinessProbe)));

    private static readonly JsonShape<PodSpecDraft> Spec = new(
        ("nodeName", static (ref r, d) => d.NodeName = JsonValues.Shared(ref r)),
        ("containers", static (ref r, d) => d.Containers.Read(ref r, Container)),
        ("initContainers", static (ref r, d) => d.InitContainers.Read(ref r, Container)),
        ("volumes", static (ref r, d) => d.Volumes.Read(ref r, ConfigShapes.Volume)));

    private static readonly JsonShape<WaitingDraft> Waiting = new(
        ("reason", static (ref r, d) => d.Reason = JsonValues.Shared(ref r)),
        ("message", static (ref r, d) => d.Message = JsonValues.Shared(ref r)));

    private static readonly JsonShape<RunningDraft> Running = new(("startedAt", static (ref r, d) => d.StartedAt = JsonValues.Time(ref r)));

    private static readonly JsonShape<TerminatedDraft> Terminated = new(
        ("reason", static (ref r, d) => d.Reason = JsonValues.Shared(ref r)),
        ("exitCode", static (ref r, d) => d.ExitCode = r.GetInt32()),
        ("message", static (ref r, d) => d.Message = JsonValues.Shared(ref r)),
        ("startedAt", static (ref r, d) => d.StartedAt = JsonValues.Time(ref r)),
        ("finishedAt", static (ref r, d) => d.FinishedAt = JsonValues.Time(ref r)));

    private static readonly JsonShape<StateDraft> State = new(
        ("waiting", static (ref r, d) => Waiting.Read(ref r, d.Waiting)),
        ("running", static (ref r, d) => Running.Read(ref r, d.Running)),
        ("terminated", static (ref r, d) => Terminated.Read(ref r, d.Terminated)));

    private static readonly JsonShape<ContainerStatusDraft> ContainerStatus = new(
        ("name", static (ref r, d) => d.Name = JsonValues.Shared(ref r)),
        ("ready", static (ref r, d) => d.Ready = r.GetBoolean()),
        ("restartCount", static (ref r, d) => d.RestartCount = r.GetInt32()),
        ("state", static (ref r, d) => State.Read(ref r, d.State)),
        ("lastState", static (ref r, d) => State.Read(ref r, d.LastState)));

    private static readonly JsonShape<PodStatusDraft> Status = new(
        ("phase", static (ref r, d) => d.Phase = JsonValues.Shared(ref r)),
        ("reason", static (ref r, d) => d.Reason = JsonValues.Shared(ref r)),
        ("message", static (ref r, d) => d.Message = JsonValues.Shared(ref r)),
        ("conditions", static (ref r, d) => d.Conditions.Read(ref r, MetadataShapes.Condition)),
        ("containerStatuses", static (ref r, d) => d.ContainerStatuses.Read(ref r, ContainerStatus)),
        ("initContainerStatuses", static (ref r, d) => d.InitContainerStatuses.Read(ref r, ContainerStatus)));

    public static readonly JsonShape<PodDraft> Pod = new(
        ("metadata", static (ref r, d) => MetadataShapes.Metadata.Read(ref r, d.Metadata)),
        ("spec", static (ref r, d) => Spec.Read(ref r, d.Spec)),
        ("status", static (ref r, d) => Status.Read(ref r, d.Status)));
}
