using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Http.Responses;
using Firstline.DevServer.Http.Writing;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Schemas.Protobuf;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Verbs;

/// <summary>Deletes one object.</summary>
internal sealed class DeleteVerb(ObjectDeleter deleter, Responder responder) : IVerb
{
    public async Task HandleAsync(ApiRequest request)
    {
        DeleteOptions options = DeleteOptions.Read(request, await ReadOptionsAsync(request));
        WriteResult result = deleter.Delete(request.Kind, request.Key, options);
        await (result.Outcome == WriteOutcome.Deleted || IsAwaited(result)
            ? Responder.SendAsync(request.Http, 200, Success(request.Kind, result.Object))
            : responder.SendObjectAsync(request, 200, result.Object));
    }

    // A pod whose end is already awaited: there was nothing left to do.
    private static bool IsAwaited(WriteResult result) => result.Outcome == WriteOutcome.Unchanged && result.Object.Json["metadata"]?["deletionGracePeriodSeconds"]?.ToJsonString() is not (null or "0");

    /// <exception cref="ApiException">400: the body is not a DeleteOptions object.</exception>
    public static async Task<JsonObject?> ReadOptionsAsync(ApiRequest request)
    {
        byte[] body = await BodyReader.ReadAsync(request.Http, request.Aborted);
        try
        {
            bool protobuf = BodyReader.MediaType(request.Http) == ProtobufDecoder.MediaType && body.Length > 0;
            return (protobuf ? BodyReader.ParseProtobuf(body) : BodyReader.ParseJson(body)).Node switch
            {
                null => null,
                JsonObject options => Typed(options),
                _ => throw ApiErrors.BadRequest("the body of a deletion must be a DeleteOptions object"),
            };
        }
        catch (JsonException e)
        {
            throw ApiErrors.BadRequest($"couldn't get version/kind; json parse error: {BodyReader.Sentence(body, e)}");
        }
        catch (FormatException e)
        {
            throw ApiErrors.BadRequest(e.Message);
        }
    }

    private static JsonObject Typed(JsonObject options)
    {
        string kind = ObjectMetadata.Text(options, "kind", "DeleteOptions");
        string version = ObjectMetadata.Text(options, "apiVersion", "v1");
        return kind == "DeleteOptions" ? options : throw ApiErrors.BadRequest($"no kind \"{kind}\" is registered for version \"{version}\"");
    }

    private static JsonObject Success(KindDefinition kind, StoredObject item)
    {
        JsonObject details = new() { ["name"] = item.Key.Name };
        if (kind.Group.Length > 0)
        {
            details["group"] = kind.Group;
        }

        details["kind"] = kind.Plural;
        details["uid"] = item.Uid;
        return new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Success",
            ["details"] = details,
        };
    }
}
