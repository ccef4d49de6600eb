using System.Collections.Immutable;
using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Controllers.Observation.Reading;
using Firstline.Controllers.Observation.Wire;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>Reads what is read of a pod.</summary>
internal static class PodProjection
{
    /// <summary>The pod as it is now, with all that is the same as <paramref name="before"/> taken from it.</summary>
    public static PodFacts Update(ReadOnlySpan<byte> json, PodFacts? before) => PodReader.Read(json, before) ?? Read(json);

    /// <summary>The plain way by records: what <see cref="PodReader"/> does not take is judged here, so that a refusal names the field.</summary>
    public static PodFacts Read(ReadOnlySpan<byte> json)
    {
        PodWire pod = JsonSerializer.Deserialize(json, WireJson.Default.PodWire) ?? new(null, null, null);
        ObjectMeta metadata = PodMetadataWire.MetaOf(pod);
        return new()
        {
            Ref = Projecting.Ref(BuiltinTypes.Pods, metadata),
            Controller = Projecting.Controller(metadata),
            Labels = metadata.Labels,
            Phase = pod.Status?.Phase ?? "",
            Reason = pod.Status?.Reason,
            Message = pod.Status?.Message,
            NodeName = pod.Spec?.NodeName,
            HasEmptyDir = HasEmptyDir(pod.Spec?.Volumes),
            CreatedAt = metadata.CreationTimestamp ?? default,
            DeletionAt = metadata.DeletionTimestamp,
            Conditions = Projecting.Conditions(pod.Status?.Conditions),
            Containers = Containers(pod.Spec, pod.Status),
        };
    }

    private static bool HasEmptyDir(VolumeWire[]? volumes) => Array.Exists(volumes ?? [], static v => v.EmptyDir is not null);

    private static ImmutableArray<ContainerFacts> Containers(PodSpecWire? spec, PodStatusWire? status) =>
    [
        .. (spec?.InitContainers ?? []).Select(c => Container(c, c.RestartPolicy == "Always" ? ContainerRole.Sidecar : ContainerRole.Init, spec, status?.InitContainerStatuses)),
        .. (spec?.Containers ?? []).Select(c => Container(c, ContainerRole.App, spec, status?.ContainerStatuses)),
    ];

    private static ContainerFacts Container(ContainerWire container, ContainerRole role, PodSpecWire? spec, ContainerStatusWire[]? statuses)
    {
        ContainerFacts facts = Declared(container, role, spec?.Volumes ?? []);
        return Array.Find(statuses ?? [], s => s.Name == container.Name) is not { } status
            ? facts
            : facts with
            {
                Ready = status.Ready,
                RestartCount = status.RestartCount,
                State = State(status.State),
                LastTermination = status.LastState?.Terminated is { } last ? Terminated(last) : null,
            };
    }

    private static ContainerFacts Declared(ContainerWire container, ContainerRole role, VolumeWire[] volumes) => new()
    {
        Name = container.Name ?? "",
        Role = role,
        Image = container.Image ?? "",
        StartupProbe = Probe(container.StartupProbe),
        LivenessProbe = Probe(container.LivenessProbe),
        ReadinessProbe = Probe(container.ReadinessProbe),
        MemoryLimit = container.Resources?.Limits?.Memory,
        ConfigReferences = ConfigReferenceReader.Read(container, volumes),
    };

    private static ContainerState State(StateWire? state) => state switch
    {
        { Running: { } running } => new ContainerState.Running(running.StartedAt ?? default),
        { Terminated: { } terminated } => Terminated(terminated),
        { Waiting: { } waiting } => new ContainerState.Waiting(waiting.Reason ?? "", waiting.Message ?? ""),
        _ => ContainerState.Unknown.Instance,
    };

    private static ContainerState.Terminated Terminated(TerminatedWire end) =>
        new(end.Reason ?? "", end.ExitCode, end.Message ?? "", end.StartedAt, end.FinishedAt);

    // What the API server fills in when a probe leaves it out.
    private static ProbeFacts? Probe(ProbeWire? probe) => probe is null
        ? null
        : new(TimeSpan.FromSeconds(probe.InitialDelaySeconds ?? 0), TimeSpan.FromSeconds(probe.PeriodSeconds ?? 10), probe.FailureThreshold ?? 3);
}
