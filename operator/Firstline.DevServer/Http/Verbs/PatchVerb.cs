using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Http.Responses;
using Firstline.DevServer.Http.Writing;
using Firstline.DevServer.Patching;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Store;

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
        if (request.Flag("force"))
        {
            throw ApiErrors.InvalidOptions("PatchOptions", [ApiErrors.ForbiddenValue("force", "may not be specified for non-apply patch")]);
        }

        Func<JsonObject, JsonObject> change = Change(mediaType, await ReadPatchAsync(request), request.Kind, ObjectSchema.Of(request.Kind));
        WriteResult result = writer.Update(request.Kind, request.Key, request.Path.Subresource, current => new Proposal(Checked(request, change(current.Json))), options);
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
            "application/strategic-merge-patch+json" when !kind.IsCustom => current => StrategicMergePatch.Apply(current, Map(patch, ""), schema),
            "application/strategic-merge-patch+json" => throw ApiErrors.UnsupportedStrategicPatch(),
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
            return body.Length == 0 ? throw ApiErrors.BadRequest(NoBody(request)) : BodyReader.ParseJson(body);
        }
        catch (JsonException e)
        {
            throw ApiErrors.BadRequest($"error decoding patch: {BodyReader.Sentence(body, e)}");
        }
    }

    private static string NoBody(ApiRequest request) =>
        BodyReader.MediaType(request.Http) == "application/strategic-merge-patch+json" ? "unexpected end of JSON input" : "error decoding patch: unexpected end of JSON input";

    /// <summary>A patch changes the object, and neither its kind nor its place.</summary>
    private static JsonObject Checked(ApiRequest request, JsonObject patched)
    {
        BodyCheck.Namespace(patched, request.Namespace);
        string kind = ObjectMetadata.Text(patched, "kind", "");
        string version = ObjectMetadata.Text(patched, "apiVersion", "");
        return request.Kind.IsCustom || (kind == request.Kind.Kind && version == request.Kind.ApiVersion)
            ? patched
            : throw ApiErrors.InvalidPatch(request.Kind, patched, $"no kind \"{kind}\" is registered for version \"{version}\"");
    }

    private static JsonObject Map(ParsedBody patch) => Map(patch, "error decoding patch: ");

    private static JsonObject Map(ParsedBody patch, string where) =>
        patch.Node as JsonObject
        ?? throw new PatchException(PatchFailure.Malformed, $"{where}json: cannot unmarshal {JsonTypes.GoName(patch.Node)} into Go value of type map[string]interface {{}}");
}
