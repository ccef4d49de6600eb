using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Http.Responses;
using Firstline.DevServer.Http.Verbs;
using Firstline.DevServer.Http.Writing;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Subresources;

/// <summary>Reads and writes the number of replicas of any kind that has one.</summary>
internal sealed class ScaleSubresource(ObjectStore store, ObjectWriter writer) : IVerb
{
    public Task HandleAsync(ApiRequest request) => request.Http.Request.Method switch
    {
        "GET" => Responder.SendAsync(request.Http, 200, ScaleDocument.Of(request.Kind, Current(request).Json)),
        "PUT" => ReplaceAsync(request),
        "PATCH" => PatchAsync(request),
        _ => throw ApiErrors.MethodNotAllowed(),
    };

    private async Task ReplaceAsync(ApiRequest request)
    {
        WriteOptions options = WriteOptions.Read(request, "UpdateOptions");
        ParsedBody body = await BodyReader.ReadObjectAsync(request.Http, "Scale", request.Aborted);
        JsonObject scale = (JsonObject)body.Node!;
        BodyCheck.Name(scale, request.Name);
        await WriteAsync(request, _ => scale, options);
    }

    private async Task PatchAsync(ApiRequest request)
    {
        WriteOptions options = WriteOptions.Read(request, "PatchOptions");
        Func<JsonObject, JsonObject> change = PatchVerb.Change(
            BodyReader.MediaType(request.Http), await PatchVerb.ReadPatchAsync(request), request.Kind with { IsCustom = false }, SchemaNode.Anything);
        await WriteAsync(request, change, options);
    }

    private async Task WriteAsync(ApiRequest request, Func<JsonObject, JsonObject> change, WriteOptions options)
    {
        WriteResult result = writer.Update(
            request.Kind, request.Key, "scale", current => Proposal(request, current, change(ScaleDocument.Of(request.Kind, current.Json))), options);
        await Responder.SendAsync(request.Http, 200, ScaleDocument.Of(request.Kind, result.Object.Json));
    }

    private static Proposal Proposal(ApiRequest request, StoredObject current, JsonObject scale)
    {
        JsonNode? replicas = scale["spec"]?["replicas"];
        if (!request.Kind.IsCustom && replicas?.GetValueKind() == JsonValueKind.Number && replicas.ToJsonString().StartsWith('-'))
        {
            throw ApiErrors.Invalid(
                request.Kind, request.Name, [ApiErrors.InvalidValue("spec.replicas", replicas.ToJsonString(), "must be greater than or equal to 0")]);
        }

        JsonObject next = (JsonObject)current.Json.DeepClone();
        ScaleDocument.WriteReplicas(request.Kind, next, replicas);
        ObjectMetadata.Of(next)["resourceVersion"] =
            ObjectMetadata.Text(scale, "resourceVersion") ?? current.Version.ToString(CultureInfo.InvariantCulture);
        return new Proposal(next);
    }

    private StoredObject Current(ApiRequest request) => store.Find(request.Key) ?? throw ApiErrors.NotFound(request.Kind, request.Name);
}
