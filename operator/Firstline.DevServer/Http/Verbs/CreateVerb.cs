using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Requests;
using Firstline.DevServer.Http.Responses;
using Firstline.DevServer.Http.Writing;

namespace Firstline.DevServer.Http.Verbs;

/// <summary>Creates the object of the body.</summary>
internal sealed class CreateVerb(ObjectWriter writer, Responder responder) : IVerb
{
    public async Task HandleAsync(ApiRequest request)
    {
        WriteOptions options = WriteOptions.Read(request, "CreateOptions");
        ParsedBody body = await BodyReader.ReadObjectAsync(request.Http, request.Kind.Kind, request.Aborted);
        JsonObject json = (JsonObject)body.Node!;
        BodyCheck.Type(request.Kind, json);
        BodyCheck.Namespace(json, request.Namespace);
        WriteResult result = writer.Create(request.Kind, request.Namespace, new Proposal(json) { Duplicates = body.Duplicates }, options);
        Warnings.Add(request.Http, result.Warnings);
        await responder.SendObjectAsync(request, 201, result.Object);
    }
}
