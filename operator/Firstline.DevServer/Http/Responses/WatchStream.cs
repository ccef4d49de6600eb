using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Reading;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Responses;

/// <summary>Writes watch events as lines of JSON, in the form that the client asked for.</summary>
internal sealed class WatchStream
{
    private readonly ApiRequest request;
    private readonly Responder responder;
    private readonly ResponseForm form;
    private readonly ObjectWire wire;
    private readonly PipeWriter output;
    private bool columnsSent;

    private WatchStream(ApiRequest request, Responder responder, ResponseForm form)
    {
        this.request = request;
        this.responder = responder;
        this.form = form;
        wire = new ObjectWire(request.Kind);
        output = Responder.Prepare(request.Http, 200, "application/json").BodyWriter;
    }

    /// <exception cref="Errors.ApiException">406: the client accepts nothing of what can be served.</exception>
    public static WatchStream Open(ApiRequest request, Responder responder) =>
        new(request, responder, Negotiation.Choose(request.Http.Request.Headers.Accept.ToString()));

    public void Write(WatchEvent change)
    {
        WriteStart(change.Type);
        switch (form)
        {
            case ResponseForm.Table:
                output.Write(ObjectBody.ToUtf8(Row(change.Object)));
                break;
            case ResponseForm.Metadata:
                output.Write(ObjectBody.ToUtf8(ObjectWire.Metadata(change.Object)));
                break;
            default:
                wire.WriteObject(output, change.Object);
                break;
        }

        output.Write("}\n"u8);
    }

    public void WriteBookmark(long version, BookmarkReason reason)
    {
        (string kind, string apiVersion) = form switch
        {
            ResponseForm.Table => ("Table", "meta.k8s.io/v1"),
            ResponseForm.Metadata => ("PartialObjectMetadata", "meta.k8s.io/v1"),
            _ => (request.Kind.Kind, request.Kind.ApiVersion),
        };
        JsonObject body = ObjectWatch.Bookmark(kind, apiVersion, version, reason);
        if (form == ResponseForm.Table)
        {
            body["columnDefinitions"] = null;
            body["rows"] = new JsonArray();
        }

        Write("BOOKMARK", body);
    }

    public void WriteError(JsonObject status) => Write("ERROR", status);

    public ValueTask<FlushResult> FlushAsync(CancellationToken cancellation) => output.FlushAsync(cancellation);

    private JsonObject Row(StoredObject item)
    {
        JsonObject table = responder.Table(request, [item], new JsonObject { ["resourceVersion"] = ObjectMetadata.Text(item.Json, "resourceVersion") });
        if (columnsSent)
        {
            table["columnDefinitions"] = null;
        }

        columnsSent = true;
        return table;
    }

    private void Write(string type, JsonObject body)
    {
        WriteStart(type);
        output.Write(ObjectBody.ToUtf8(body));
        output.Write("}\n"u8);
    }

    private void WriteStart(string type)
    {
        output.Write("{\"type\":\""u8);
        output.Write(Encoding.ASCII.GetBytes(type));
        output.Write("\",\"object\":"u8);
    }
}
