using System.Text.Json.Serialization;

namespace Firstline.Controllers.Observation.Wire;

/// <summary>Source-generated JSON of the fields that are read of built-in objects; all others are skipped in the byte stream.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PodWire))]
[JsonSerializable(typeof(WorkloadWire))]
[JsonSerializable(typeof(RevisionWire))]
[JsonSerializable(typeof(ControllerRevisionWire))]
[JsonSerializable(typeof(JobWire))]
[JsonSerializable(typeof(CronJobWire))]
[JsonSerializable(typeof(JobAgainWire))]
[JsonSerializable(typeof(ConfigMapWire))]
[JsonSerializable(typeof(DeclaredConfigMapWire))]
[JsonSerializable(typeof(NamespaceWire))]
[JsonSerializable(typeof(NodeWire))]
[JsonSerializable(typeof(AutoscalerWire))]
[JsonSerializable(typeof(ClaimWire))]
[JsonSerializable(typeof(StorageClassWire))]
[JsonSerializable(typeof(EventWire))]
[JsonSerializable(typeof(ServiceWire))]
[JsonSerializable(typeof(EndpointSliceWire))]
[JsonSerializable(typeof(IngressWire))]
[JsonSerializable(typeof(ClassWire))]
[JsonSerializable(typeof(PolicyWire))]
[JsonSerializable(typeof(VolumeObjectWire))]
[JsonSerializable(typeof(BudgetWire))]
[JsonSerializable(typeof(WebhookWire))]
[JsonSerializable(typeof(SecretWire))]
[JsonSerializable(typeof(QuotaWire))]
[JsonSerializable(typeof(LimitRangeWire))]
internal sealed partial class WireJson : JsonSerializerContext;
