using System.Collections.Immutable;
using Firstline.Api.Meta;

namespace Firstline.Kube.Tests.Scripted;

internal sealed record ConfigMapView
{
    public static readonly ResourceType Type = new("", "v1", "ConfigMap", "configmaps", ResourceScope.Namespaced);

    public string ApiVersion { get; init; } = "v1";

    public string Kind { get; init; } = "ConfigMap";

    public ObjectMeta Metadata { get; init; } = new();

    public ImmutableSortedDictionary<string, string>? Data { get; init; }
}
