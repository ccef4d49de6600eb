using System.Text.Json.Serialization;

namespace Firstline.Kube.Tests.Scripted;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PodView))]
[JsonSerializable(typeof(PodStatusOnly))]
[JsonSerializable(typeof(ConfigMapView))]
internal sealed partial class TestJson : JsonSerializerContext;
