using System.Text.Json;
using Firstline.Api.Meta;

namespace Firstline.Controllers.Observation.Wire;

internal sealed record ConfigMapWire(ConfigMapMetaWire? Metadata, Dictionary<string, string>? Data);

internal sealed record ConfigMapMetaWire(
    string? Name, string? Namespace, string? Uid, string? ResourceVersion, Dictionary<string, string>? Annotations, Dictionary<string, string>? Labels, ManagedFieldsWire[]? ManagedFields,
    DateTimeOffset? DeletionTimestamp = null, string[]? Finalizers = null);

internal sealed record ManagedFieldsWire(string? Manager, string? Operation, DateTimeOffset? Time, string? Subresource, JsonElement? FieldsV1);

/// <summary>What kubectl notes of a ConfigMap in its last-applied annotation.</summary>
internal sealed record DeclaredConfigMapWire(Dictionary<string, string>? Data);

internal sealed record NamespaceWire(ObjectMeta? Metadata, NamespaceStatusWire? Status);

internal sealed record NamespaceStatusWire(ConditionWire[]? Conditions);

internal sealed record EventWire(
    EventObjectWire? InvolvedObject, string? Type, string? Reason, string? Message, int? Count, DateTimeOffset? LastTimestamp, DateTimeOffset? EventTime,
    EventSeriesWire? Series, ObjectMeta? Metadata, EventSourceWire? Source, string? ReportingComponent);

internal sealed record EventSourceWire(string? Component);

internal sealed record EventObjectWire(string? ApiVersion, string? Kind, string? Namespace, string? Name, string? Uid);

internal sealed record EventSeriesWire(int? Count, DateTimeOffset? LastObservedTime);
