using System.Text.Json.Serialization;
using Firstline.Api.Meta;

namespace Firstline.Kube.Wire;

/// <summary>The JSON of the few built-in kinds that the client itself reads and writes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Status))]
[JsonSerializable(typeof(ListMeta))]
[JsonSerializable(typeof(DeleteBody))]
[JsonSerializable(typeof(Eviction))]
[JsonSerializable(typeof(ServerVersion))]
[JsonSerializable(typeof(Lease))]
[JsonSerializable(typeof(CoreEvent))]
[JsonSerializable(typeof(ExecCredential))]
internal sealed partial class KubeJson : JsonSerializerContext;
