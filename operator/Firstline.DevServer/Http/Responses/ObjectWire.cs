using System.Buffers;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Responses;

/// <summary>Writes stored objects in the version that the client asked for, from their bytes.</summary>
internal sealed class ObjectWire
{
    private readonly byte[] opening;
    private readonly byte[] itemOpening;

    public ObjectWire(KindDefinition kind)
    {
        opening = ObjectBody.Opening(kind.Kind, kind.ApiVersion);
        itemOpening = kind.IsCustom ? opening : "{"u8.ToArray();
    }

    public void WriteObject(IBufferWriter<byte> output, StoredObject item)
    {
        output.Write(opening);
        output.Write(item.Body.Span);
    }

    /// <summary>As an item of a list: built-in kinds leave out what the list says already.</summary>
    public void WriteItem(IBufferWriter<byte> output, StoredObject item)
    {
        output.Write(itemOpening);
        output.Write(item.Body.Span);
    }

    /// <summary><c>PartialObjectMetadata</c> of an object.</summary>
    public static JsonObject Metadata(StoredObject item) => new()
    {
        ["kind"] = "PartialObjectMetadata",
        ["apiVersion"] = "meta.k8s.io/v1",
        ["metadata"] = item.Json["metadata"]?.DeepClone(),
    };
}
