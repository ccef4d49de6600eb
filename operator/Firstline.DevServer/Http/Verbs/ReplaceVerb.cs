using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Http.Responses;
using Firstline.DevServer.Http.Writing;
using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Verbs;

/// <summary>Replaces the object (or its status) by the body's.</summary>
internal sealed class ReplaceVerb(ObjectStore store, ObjectWriter writer, Responder responder) : IVerb
{
    public async Task HandleAsync(ApiRequest request)
    {
        WriteOptions options = WriteOptions.Read(request, "UpdateOptions");
        ParsedBody body = await BodyReader.ReadObjectAsync(request.Http, request.Kind.Kind, request.Aborted);
        JsonObject json = (JsonObject)body.Node!;
        BodyCheck.Type(request.Kind, json);
        BodyCheck.Namespace(json, request.Namespace);
        BodyCheck.Name(json, request.Name);
        WriteResult result = Write(request, json, body, options);
        Warnings.Add(request.Http, result.Warnings);
        await responder.SendObjectAsync(request, result.Outcome == WriteOutcome.Created ? 201 : 200, result.Object);
    }

    private WriteResult Write(ApiRequest request, JsonObject json, ParsedBody body, WriteOptions options)
    {
        bool versioned = ObjectMetadata.Text(json, "resourceVersion") is { Length: > 0 };
        if (store.Find(request.Key) is null && !versioned && request.Path.Subresource is null && KindRules.CanBeCreatedByReplace(request.Kind))
        {
            return writer.Create(request.Kind, request.Namespace, new Proposal(json) { Duplicates = body.Duplicates }, options);
        }

        return writer.Update(request.Kind, request.Key, request.Path.Subresource, _ => Proposal(request, json, body, versioned), options);
    }

    private static Proposal Proposal(ApiRequest request, JsonObject json, ParsedBody body, bool versioned) =>
        versioned || !KindRules.NeedsVersionToReplace(request.Kind)
            ? new Proposal((JsonObject)json.DeepClone()) { Duplicates = body.Duplicates }
            : throw ApiErrors.Invalid(
                request.Kind.Group, request.Kind.Plural, request.Name, [ApiErrors.InvalidValue("metadata.resourceVersion", "0", "must be specified for an update")]);
}
