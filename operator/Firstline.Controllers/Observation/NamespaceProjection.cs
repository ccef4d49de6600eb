using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Controllers.Observation.Wire;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>Reads what is read of a Namespace.</summary>
internal static class NamespaceProjection
{
    public static NamespaceFacts Read(ReadOnlySpan<byte> json)
    {
        NamespaceWire ns = JsonSerializer.Deserialize(json, WireJson.Default.NamespaceWire) ?? new(null, null);
        ObjectMeta metadata = ns.Metadata ?? new();
        return new(
            Projecting.Ref(BuiltinTypes.Namespaces, metadata), Projecting.IsPaused(metadata), Projecting.Deletion(metadata), Projecting.Conditions(ns.Status?.Conditions),
            EnvironmentMark.Of(metadata.Labels));
    }
}
