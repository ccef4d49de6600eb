using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Firstline.Api.Meta;

namespace Firstline.Faults;

/// <summary>The fields of a ConfigMap that are compared.</summary>
internal sealed record MapView
{
    public static readonly ResourceType Type = new("", "v1", "ConfigMap", "configmaps", ResourceScope.Namespaced);

    public ObjectMeta Metadata { get; init; } = new();

    public ImmutableSortedDictionary<string, string>? Data { get; init; }

    public string Value => Data?.GetValueOrDefault("value") ?? "";

    /// <summary>All that must be the same in the cache and on the server.</summary>
    public string Fingerprint => $"{Metadata.Uid} {Metadata.ResourceVersion} {Value}";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MapView))]
internal sealed partial class MapJson : JsonSerializerContext;
