using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Controllers.Observation.Wire;

namespace Firstline.Controllers.Observation;

/// <summary>Reads what is read of a Namespace.</summary>
internal static class NamespaceProjection
{
    public static NamespaceFacts Read(ReadOnlySpan<byte> json)
    {
        ObjectMeta metadata = JsonSerializer.Deserialize(json, WireJson.Default.NamespaceWire)?.Metadata ?? new();
        return new(Projecting.Ref(BuiltinTypes.Namespaces, metadata), Projecting.IsPaused(metadata), metadata.DeletionTimestamp is not null);
    }
}
