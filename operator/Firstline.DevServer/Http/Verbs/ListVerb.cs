using System.Buffers;
using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Reading;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Http.Responses;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Verbs;

/// <summary>Answers with a collection.</summary>
internal sealed class ListVerb(ObjectStore store, Responder responder) : IVerb
{
    public Task HandleAsync(ApiRequest request)
    {
        ListPage page = ObjectLister.List(store, request.Kind.QualifiedName, ListOptions.Read(request));
        return Negotiation.Choose(request.Http.Request.Headers.Accept.ToString()) switch
        {
            ResponseForm.Table => Responder.SendAsync(request.Http, 200, responder.Table(request, page.Items, Metadata(page))),
            ResponseForm.Metadata => Responder.SendAsync(request.Http, 200, MetadataList(page)),
            _ => SendItemsAsync(request, page),
        };
    }

    private static async Task SendItemsAsync(ApiRequest request, ListPage page)
    {
        const int flushAbove = 256 * 1024;
        ObjectWire wire = new(request.Kind);
        System.IO.Pipelines.PipeWriter output = Responder.Prepare(request.Http, 200, "application/json").BodyWriter;
        output.Write(ObjectBody.Opening(request.Kind.ListKind, request.Kind.ApiVersion));
        output.Write("\"metadata\":"u8);
        output.Write(ObjectBody.ToUtf8(Metadata(page, request.Kind)));
        output.Write(",\"items\":["u8);
        for (int i = 0; i < page.Items.Length; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }

            wire.WriteItem(output, page.Items[i]);
            if (output.UnflushedBytes > flushAbove)
            {
                await output.FlushAsync(request.Aborted);
            }
        }

        output.Write("]}"u8);
        await output.FlushAsync(request.Aborted);
    }

    private static JsonObject MetadataList(ListPage page) => new()
    {
        ["kind"] = "PartialObjectMetadataList",
        ["apiVersion"] = "meta.k8s.io/v1",
        ["metadata"] = Metadata(page),
        ["items"] = page.Items.IsEmpty ? null : new JsonArray([.. page.Items.Select(ObjectWire.Metadata)]),
    };

    // Lists of custom resources say that nothing follows, those of built-in kinds leave it out.
    private static JsonObject Metadata(ListPage page, KindDefinition kind)
    {
        JsonObject metadata = Metadata(page);
        if (kind.IsCustom && page.Continue is null)
        {
            metadata["continue"] = "";
        }

        return metadata;
    }

    private static JsonObject Metadata(ListPage page)
    {
        JsonObject metadata = new() { ["resourceVersion"] = page.Version.ToString(CultureInfo.InvariantCulture) };
        if (page.Continue is { } next)
        {
            metadata["continue"] = next.ToString();
        }

        if (page.Remaining is { } remaining)
        {
            metadata["remainingItemCount"] = remaining;
        }

        return metadata;
    }
}
