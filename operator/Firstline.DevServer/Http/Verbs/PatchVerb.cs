using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Http.Responses;
using Firstline.DevServer.Http.Writing;
using Firstline.DevServer.Patching;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Http.Verbs;

/// <summary>Changes the object (or its status) by a JSON, merge or strategic merge patch, and hands applies on.</summary>
internal sealed class PatchVerb(ObjectWriter writer, ApplyVerb apply, Responder responder) : IVerb
{
    public async Task HandleAsync(ApiRequest request)
    {
        string mediaType = BodyReader.MediaType(request.Http);
        if (mediaType is "application/apply-patch+yaml" or "application/apply-patch+json")
        {
            await apply.HandleAsync(request);
            return;
        }

        WriteOptions options = WriteOptions.Read(request, "PatchOptions") with { Source = WriteSource.Patch };
        Func<JsonObject, JsonObject> change = Change(mediaType, await ReadPatchAsync(request), request.Kind, ObjectSchema.Of(request.Kind));
        WriteResult result = writer.Update(request.Kind, request.Key, request.Path.Subresource, current => new Proposal(change(current.Json)), options);
        Warnings.Add(request.Http, result.Warnings);
        await responder.SendObjectAsync(request, 200, result.Object);
    }

    /// <summary>The change that a patch makes, with failures turned into answers.</summary>
    /// <exception cref="ApiException">415: no patch of this type for this kind.</exception>
    public static Func<JsonObject, JsonObject> Change(string mediaType, ParsedBody patch, KindDefinition kind, SchemaNode schema)
    {
        Func<JsonObject, JsonObject> change = mediaType switch
        {
            "application/json-patch+json" => current => JsonPatch.Apply(current, patch.Node),
            "application/merge-patch+json" => current => MergePatch.Apply(current, Map(patch)),
            "application/strategic-merge-patch+json" when !kind.IsCustom => current => StrategicMergePatch.Apply(current, Map(patch), schema),
            _ => throw ApiErrors.UnsupportedPatch(),
        };
        return current =>
        {
            try
            {
                return change(current);
            }
            catch (PatchException e)
            {
                throw e.Failure switch
                {
                    PatchFailure.Malformed => ApiErrors.BadRequest(e.Message),
                    PatchFailure.Unusable => new ApiException(500, "", e.Message),
                    _ => ApiErrors.PatchDoesNotApply(),
                };
            }
        };
    }

    /// <exception cref="ApiException">400: the body is not JSON.</exception>
    public static async Task<ParsedBody> ReadPatchAsync(ApiRequest request)
    {
        byte[] body = await BodyReader.ReadAsync(request.Http, request.Aborted);
        try
        {
            return BodyReader.ParseJson(body);
        }
        catch (JsonException e)
        {
            throw ApiErrors.BadRequest($"error decoding patch: {BodyReader.Sentence(body, e)}");
        }
    }

    private static JsonObject Map(ParsedBody patch) =>
        patch.Node as JsonObject
        ?? throw new PatchException(PatchFailure.Malformed, $"json: cannot unmarshal {JsonTypes.GoName(patch.Node)} into Go value of type map[string]interface {{}}");
}
