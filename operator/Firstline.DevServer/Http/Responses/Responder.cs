using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Schemas.Contracts;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Responses;

/// <summary>Sends answers.</summary>
internal sealed class Responder(ITableRenderer tables, TimeProvider time)
{
    public static Task SendAsync(HttpContext http, int code, JsonNode body) => SendBytesAsync(http, code, "application/json", ObjectBody.ToUtf8(body));

    /// <summary>Sends a document that clients cache: they ask for it again only by its tag.</summary>
    public static Task SendDocumentAsync(HttpContext http, string contentType, JsonObject document)
    {
        byte[] body = ObjectBody.ToUtf8(document);
        string tag = $"\"{Convert.ToHexString(SHA256.HashData(body))}\"";
        http.Response.Headers.ETag = tag;
        if (http.Request.Headers.IfNoneMatch.ToString() == tag)
        {
            http.Response.StatusCode = 304;
            return Task.CompletedTask;
        }

        return SendBytesAsync(http, 200, contentType, body);
    }

    public static Task SendErrorAsync(HttpContext http, ApiException error)
    {
        if (error.Details?["retryAfterSeconds"] is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString();
        }

        return SendAsync(http, error.Code, error.ToStatus());
    }

    public static Task SendTextAsync(HttpContext http, int code, string text) => SendBytesAsync(http, code, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    /// <summary>Sends one object in the form that the client asked for.</summary>
    public Task SendObjectAsync(ApiRequest request, int code, StoredObject item)
    {
        switch (Negotiation.Choose(request.Http.Request.Headers.Accept.ToString()))
        {
            case ResponseForm.Table:
                return SendAsync(request.Http, code, Table(request, [item], new JsonObject { ["resourceVersion"] = ObjectMetadata.Text(item.Json, "resourceVersion") }));
            case ResponseForm.Metadata:
                return SendAsync(request.Http, code, ObjectWire.Metadata(item));
            default:
                HttpResponse response = Prepare(request.Http, code, "application/json");
                new ObjectWire(request.Kind).WriteObject(response.BodyWriter, item);
                return response.BodyWriter.FlushAsync(request.Aborted).AsTask();
        }
    }

    public JsonObject Table(ApiRequest request, IReadOnlyList<StoredObject> items, JsonObject metadata)
    {
        string include = request.Query("includeObject");
        if (include is not ("" or "None" or "Metadata" or "Object"))
        {
            throw ApiErrors.BadRequest($"Unable to convert to Table as requested: includeObject: Invalid value: \"{include}\": must be 'Metadata', 'Object', 'None', or empty");
        }

        return tables.Render(request.Kind, [.. items.Select(item => item.Json)], metadata, include.Length == 0 ? "Metadata" : include, time.GetUtcNow());
    }

    public static HttpResponse Prepare(HttpContext http, int code, string contentType)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = contentType;
        http.Response.Headers.CacheControl = "no-cache, private";
        return http.Response;
    }

    private static Task SendBytesAsync(HttpContext http, int code, string contentType, byte[] body)
    {
        HttpResponse response = Prepare(http, code, contentType);
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }
}
