using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Firstline.Api.Meta;

namespace Firstline.Controllers.Observation.Wire;

internal sealed record PodWire(PodMetadataWire? Metadata, PodSpecWire? Spec, PodStatusWire? Status);

/// <summary>Without the annotations: nothing reads those of a pod, and they are a quarter of what decoding one would allocate.</summary>
internal sealed record PodMetadataWire(
    string? Name, string? Namespace, string? Uid, ImmutableSortedDictionary<string, string>? Labels, ImmutableArray<OwnerReference> OwnerReferences,
    DateTimeOffset? CreationTimestamp, DateTimeOffset? DeletionTimestamp)
{
    public static ObjectMeta MetaOf(PodWire pod) => pod.Metadata is not { } own ? new() : new()
    {
        Name = own.Name ?? "", Namespace = own.Namespace, Uid = own.Uid, Labels = own.Labels!, OwnerReferences = own.OwnerReferences,
        CreationTimestamp = own.CreationTimestamp, DeletionTimestamp = own.DeletionTimestamp,
    };
}

internal sealed record PodSpecWire(string? NodeName, ContainerWire[]? Containers, ContainerWire[]? InitContainers, VolumeWire[]? Volumes);

internal sealed record PodStatusWire(
    string? Phase, string? Reason, string? Message, ConditionWire[]? Conditions, ContainerStatusWire[]? ContainerStatuses, ContainerStatusWire[]? InitContainerStatuses);

internal sealed record ConditionWire(string? Type, string? Status, string? Reason, string? Message, DateTimeOffset? LastTransitionTime);

internal sealed record ContainerWire(
    string? Name, string? Image, string? RestartPolicy, EnvWire[]? Env, EnvFromWire[]? EnvFrom, VolumeMountWire[]? VolumeMounts, ResourcesWire? Resources,
    ProbeWire? StartupProbe, ProbeWire? LivenessProbe, ProbeWire? ReadinessProbe);

internal sealed record ProbeWire(int? InitialDelaySeconds, int? PeriodSeconds, int? FailureThreshold);

internal sealed record ResourcesWire(LimitsWire? Limits);

internal sealed record LimitsWire([property: JsonConverter(typeof(QuantityConverter))] string? Memory);

internal sealed record EnvWire(EnvValueFromWire? ValueFrom);

internal sealed record EnvValueFromWire(KeyRefWire? ConfigMapKeyRef, KeyRefWire? SecretKeyRef);

internal sealed record EnvFromWire(KeyRefWire? ConfigMapRef, KeyRefWire? SecretRef);

internal sealed record KeyRefWire(string? Name, string? Key, bool? Optional);

internal sealed record VolumeMountWire(string? Name);

internal sealed record VolumeWire(string? Name, KeyRefWire? ConfigMap, SecretVolumeWire? Secret, ProjectedWire? Projected, EmptyDirWire? EmptyDir);

internal sealed record EmptyDirWire(string? Medium);

internal sealed record SecretVolumeWire(string? SecretName, bool? Optional);

internal sealed record ProjectedWire(ProjectionWire[]? Sources);

internal sealed record ProjectionWire(KeyRefWire? ConfigMap, KeyRefWire? Secret);

internal sealed record ContainerStatusWire(string? Name, bool Ready, int RestartCount, StateWire? State, StateWire? LastState);

internal sealed record StateWire(WaitingWire? Waiting, RunningWire? Running, TerminatedWire? Terminated);

internal sealed record WaitingWire(string? Reason, string? Message);

internal sealed record RunningWire(DateTimeOffset? StartedAt);

internal sealed record TerminatedWire(string? Reason, int ExitCode, string? Message, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt);
